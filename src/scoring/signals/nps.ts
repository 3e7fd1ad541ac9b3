import { factOf } from '../../model/fact-kinds.ts'
import { decayed } from '../decay.ts'
import type { Signal } from '../signal.ts'

const LOW_POINTS = 20
const DROP_POINTS = 14
const BOTH_POINTS = 28
const HALF_LIFE_DAYS = 90

/** Low or falling NPS (A86): 6 or less, or two points below the same contact's own last answer. */
export const nps: Signal = {
  id: 'nps',
  family: 'voice',
  evaluate({ nps: answer, asOf }, { signals }) {
    if (answer === null) return null
    const { score, before, day, id } = answer
    const low = score <= signals.npsLow
    const fell = before !== null && before - score >= signals.npsDrop
    if (!low && !fell) return null
    const points = low && fell ? BOTH_POINTS : low ? LOW_POINTS : DROP_POINTS
    const source = { table: 'surveys', id } as const
    return {
      signal: 'nps',
      points: decayed(points, asOf - day, HALF_LIFE_DAYS),
      facts: [
        fell ? factOf('nps-drop', day, { score, before }, source) : factOf('nps-low', day, { score }, source),
      ],
    }
  },
}
