import { z } from 'zod'
import { factOf } from '../../model/fact-kinds.ts'
import type { Evidence } from '../../model/score.ts'
import type { Features, WatchedKind } from '../features.ts'
import type { ScorerSpec } from './scorer.ts'

const Params = z.strictObject({
  order: z.number().default(50),
  consult: z.number().default(30),
  browse: z.number().default(10),
  review: z.number().default(20),
  silence: z.number().default(-100),
  /** What "recently" means, in days; the table itself does not say. */
  windowDays: z.number().int().default(90),
  /** Points at which risk is one half, and the points over which its odds grow by e. */
  centre: z.number().default(-20),
  scale: z.number().positive().default(40),
})
type Params = z.infer<typeof Params>

const ROWS = ['order', 'consult', 'browse', 'review'] as const satisfies readonly WatchedKind[]

/**
 * The simple point table (A37): +50 order, +30 consult, +10 browse, +20 review, each once when it happened
 * lately, −100 when nothing at all happened for 90 days; below zero = suspected lost. Only the last row can go
 * below zero, so as a warning it equals a 90-day rule (T5): it is here for comparison.
 */
export const seedPoints: ScorerSpec<Params> = {
  name: 'seed-points',
  version: 1,
  params: Params,
  score(one, params) {
    const { idleDays } = one
    if (idleDays === null) return { risk: null, reason: 'insufficient', evidence: [] }
    const evidence: Evidence[] = []
    let points = 0
    for (const row of ROWS) {
      const days = one.lastDone[row]
      if (days === null || days >= params.windowDays) continue
      points += params[row]
      evidence.push(evidenceOf(one, `seed-${row}`, -params[row], days))
    }
    if (idleDays >= params.windowDays) {
      points += params.silence
      evidence.push(evidenceOf(one, 'seed-silence', -params.silence, idleDays))
    }
    const risk = 1 / (1 + Math.exp((points - params.centre) / params.scale))
    return { risk, points, base: 0, evidence: evidence.toSorted((a, b) => b.points - a.points) }
  },
}

type SeedFact = `seed-${(typeof ROWS)[number] | 'silence'}`

function evidenceOf(one: Features, kind: SeedFact, points: number, days: number): Evidence {
  return { signal: kind, points, facts: [factOf(kind, one.asOf - days, { days }, null)] }
}
