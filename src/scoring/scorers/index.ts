import type { Settings } from '../../settings.ts'
import { rules } from './rules.ts'
import { type ReadyScorer, ready } from './scorer.ts'
import { seedPoints } from './seed-points.ts'

const byRules = ready(rules, {})
const bySeedPoints = ready(seedPoints, {})

/** Every scorer with its default parameters. */
export const scorers: readonly ReadyScorer[] = [byRules, bySeedPoints]

/** The scorer the settings ask for. */
export function chosenScorer(preset: Settings['scoring']['preset']): ReadyScorer {
  return preset === 'seed-points' ? bySeedPoints : byRules
}

/** The scorer of a stored run with the parameters it used; null when this program has no such scorer. */
export function storedScorer(name: string, params: unknown): ReadyScorer | null {
  if (name === rules.name) return ready(rules, params)
  return name === seedPoints.name ? ready(seedPoints, params) : null
}
