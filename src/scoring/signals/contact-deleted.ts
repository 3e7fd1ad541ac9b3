import { readDeleted } from '../../model/deleted-contact.ts'
import { factOf } from '../../model/fact-kinds.ts'
import { decayed } from '../decay.ts'
import type { Spoken } from '../features.ts'
import type { Signal } from '../signal.ts'

/** Between an open complaint and a notice: nobody removes a supplier by accident. */
const POINTS = 52
/** The customer kept somebody else of us: often a reshuffle on its side. */
const STILL_POINTS = 20
const HALF_LIFE_DAYS = 90

/**
 * The customer removed a rep from its chat contacts (A29). It stands until the customer adds the same rep again, and
 * fades slowly: who was removed cannot write any more.
 */
export const contactDeleted: Signal = {
  id: 'contact-deleted',
  family: 'people',
  evaluate({ contactDeletions, asOf }) {
    if (contactDeletions.length === 0) return null
    const pointsOf = (one: Spoken): number => {
      const full = readDeleted(one.text).still.length > 0 ? STILL_POINTS : POINTS
      return decayed(full, asOf - one.day, HALF_LIFE_DAYS)
    }
    return {
      signal: 'contact-deleted',
      points: Math.max(...contactDeletions.map(pointsOf)),
      facts: contactDeletions.toReversed().map((one) => {
        const { rep, still } = readDeleted(one.text)
        const values = { who: rep, still: still.join('、'), days: asOf - one.day }
        return factOf('contact-deleted', one.day, values, { table: 'events', id: one.id })
      }),
    }
  },
}
