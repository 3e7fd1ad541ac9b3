import { seededRandom } from '../../../model/seeded-random.ts'

/** A mean difference with its central 95 % interval. */
export interface PairedInterval {
  readonly difference: number
  readonly low: number
  readonly high: number
}

/**
 * Bootstrap interval of the mean of `losses(a) − losses(b)`, drawn over customers: both sides always see the same
 * ones. `a` and `b` hold one loss per customer, e.g. squared errors.
 */
export function pairedBootstrap(
  a: Float64Array,
  b: Float64Array,
  { seed = 1, rounds = 1000 }: { seed?: number; rounds?: number } = {},
): PairedInterval {
  const gaps = a.map((value, i) => value - (b[i] ?? 0))
  const random = seededRandom(seed)
  const means = new Float64Array(rounds)
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    for (let i = 0; i < gaps.length; i++) sum += gaps[Math.floor(random() * gaps.length)] ?? 0
    means[round] = sum / gaps.length
  }
  means.sort()
  const at = (share: number): number =>
    means[Math.min(rounds - 1, Math.max(0, Math.round(share * (rounds - 1))))] ?? 0
  const difference = gaps.reduce((sum, value) => sum + value, 0) / gaps.length
  return { difference, low: at(0.025), high: at(0.975) }
}
