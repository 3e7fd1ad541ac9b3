import { z } from 'zod'
import type { Evidence } from '../../model/score.ts'
import type { SignalFamily } from '../signal.ts'
import { signals } from '../signals/index.ts'
import { enoughData } from './enough-data.ts'
import type { ScorerSpec } from './scorer.ts'

const Params = z.strictObject({
  /** Points at which risk is one half. */
  centre: z.number().default(50),
  /** Points over which the odds grow by e. */
  scale: z.number().positive().default(18),
  /** What the second and further signals of a family count. */
  furtherShare: z.number().min(0).max(1).default(0.35),
})
type Params = z.infer<typeof Params>

/**
 * The default: evidence points against the customer's own baseline, added up and mapped to a probability by
 * the fixed logistic curve risk = 1 / (1 + e^((50 − points) / 18)). 0 points are 6 %, 36 points 31 % (观察),
 * 47 points 46 % (中), 60 points 64 % (高), 75 points 80 % (紧急). The curve is a convention, not a fit; the
 * statistical scorers replace it where there is enough history to calibrate on.
 */
export const rules: ScorerSpec<Params> = {
  name: 'rules',
  version: 1,
  params: Params,
  score(one, params, settings) {
    const fired: { evidence: Evidence; family: SignalFamily }[] = []
    for (const signal of signals) {
      const evidence = signal.evaluate(one, settings)
      if (evidence !== null && evidence.points > 0) fired.push({ evidence, family: signal.family })
    }
    const evidence = weighed(fired, params.furtherShare)
    if (!enoughData(one)) return { risk: null, reason: 'insufficient', evidence }
    const points = evidence.reduce((sum, { points }) => sum + points, 0)
    return { risk: 1 / (1 + Math.exp((params.centre - points) / params.scale)), points, base: 0, evidence }
  },
}

/** The strongest of each family in full, the others by their share; strongest first. */
function weighed(
  fired: readonly { evidence: Evidence; family: SignalFamily }[],
  furtherShare: number,
): Evidence[] {
  const strongest = new Set<SignalFamily>()
  // The sort is stable: equal points stay in the order of the signal list.
  return fired
    .toSorted((a, b) => b.evidence.points - a.evidence.points)
    .map(({ evidence, family }) => {
      const first = !strongest.has(family)
      strongest.add(family)
      return first ? evidence : { ...evidence, points: Math.round(evidence.points * furtherShare) }
    })
    .toSorted((a, b) => b.points - a.points)
}
