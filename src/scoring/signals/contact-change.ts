import { factOf } from '../../model/fact-kinds.ts'
import { decayed, excerpt } from '../decay.ts'
import type { Signal } from '../signal.ts'

const POINTS = 28
const HALF_LIFE_DAYS = 40

/** Contact change (A48): a buyer or decider left or was replaced lately; fades as the new one gets known. */
export const contactChange: Signal = {
  id: 'contact-change',
  family: 'people',
  evaluate({ contactChanges, asOf }, { signals }) {
    const recent = contactChanges.filter((one) => asOf - one.day <= signals.contactChangeDays).reverse()
    const [newest] = recent
    if (newest === undefined) return null
    return {
      signal: 'contact-change',
      points: decayed(POINTS, asOf - newest.day, HALF_LIFE_DAYS),
      facts: recent.map(({ id, day, text }) =>
        factOf('contact-change', day, { who: excerpt(text), days: asOf - day }, { table: 'events', id }),
      ),
    }
  },
}
