import { factOf } from '../../model/fact-kinds.ts'
import { excerpt } from '../decay.ts'
import type { Signal } from '../signal.ts'

const POINTS = 100

/** An explicit notice that nothing has taken back. */
export const cancel: Signal = {
  id: 'cancel',
  family: 'contract',
  evaluate({ cancel: notice }) {
    if (notice === null) return null
    const { id, day, text } = notice
    return {
      signal: 'cancel',
      points: POINTS,
      facts: [factOf('cancel', day, { text: excerpt(text) }, { table: 'events', id })],
    }
  },
}
