import type { Card } from '../model/card.ts'
import { clip, fitCard, LINE_LIMITS, widthOf } from './fit-card.ts'

/** What stands in the one line below a full card. */
export interface SmallPrint {
  /** News and names: cut to the room that is left. */
  readonly told: readonly string[]
  /** Always whole, whatever the room. */
  readonly needed: readonly string[]
  /** Each left out where there is no room for it. */
  readonly extra: readonly string[]
}

const BETWEEN = ' · '

/** The card with its small print as last note, so that nothing needed is cut off at the end of the line. */
export function withSmallPrint(card: Card, print: SmallPrint): Card {
  let fitted = card
  for (const room of LINE_LIMITS) {
    const note = smallPrint(print, room)
    fitted = fitCard({ ...card, notes: [note] })
    // A long card has shorter lines: then once more for their room.
    if (fitted.notes?.[0] === note) break
  }
  return fitted
}

function smallPrint({ told, needed, extra }: SmallPrint, room: number): string {
  const kept = needed.join(BETWEEN)
  const left = room - widthOf(kept) - (kept === '' ? 0 : widthOf(BETWEEN))
  let line = [clip(told.join(BETWEEN), Math.max(1, left)), kept].filter((one) => one !== '').join(BETWEEN)
  for (const one of extra) {
    const longer = line === '' ? one : line + BETWEEN + one
    if (widthOf(longer) <= room) line = longer
  }
  return line
}
