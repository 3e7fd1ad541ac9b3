import { averageRanks } from '../rank.ts'

/** Area under the ROC curve with its standard error. */
export interface Auc {
  readonly value: number
  /** Hanley & McNeil 1982. */
  readonly se: number
}

/** Chance that a random positive scores above a random negative, ties counting half; null with one class only. */
export function auc(y: Float64Array, score: Float64Array): Auc | null {
  const ranks = averageRanks(score)
  let [positives, rankSum] = [0, 0]
  for (let i = 0; i < y.length; i++) {
    if ((y[i] ?? 0) < 0.5) continue
    positives++
    rankSum += ranks[i] ?? 0
  }
  const negatives = y.length - positives
  if (positives === 0 || negatives === 0) return null
  const value = (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
  return { value, se: hanleyMcNeil(value, positives, negatives) }
}

/** Standard error of an AUC from the class sizes alone. */
export function hanleyMcNeil(value: number, positives: number, negatives: number): number {
  const q1 = value / (2 - value)
  const q2 = (2 * value * value) / (1 + value)
  const variance =
    (value * (1 - value) + (positives - 1) * (q1 - value ** 2) + (negatives - 1) * (q2 - value ** 2)) /
    (positives * negatives)
  return Math.sqrt(Math.max(variance, 0))
}
