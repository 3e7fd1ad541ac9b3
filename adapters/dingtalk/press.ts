import { z } from 'zod'
import type { CardAction } from '../../src/model/card.ts'

type Payload = CardAction['payload']

const Name = z.string().min(1).max(100)
const Press = z.strictObject({
  a: Name,
  p: z.record(Name, z.union([z.string().max(1000), z.number()])),
  s: z.string().max(20),
})

/** The parameter that a button sends back. `state` tells a press on this state of the card from one on another. */
export function pressOf({ action, payload }: CardAction, state: string): string {
  return JSON.stringify({ a: action, p: payload, s: state } satisfies z.input<typeof Press>)
}

/** What a pressed button means, or null for a parameter that we did not write. Rights are checked by the house. */
export function readPress(text: string): { readonly action: string; readonly payload: Payload } | null {
  try {
    const { a, p } = Press.parse(JSON.parse(text))
    return { action: a, payload: p }
  } catch {
    return null
  }
}
