import { suggestionCard } from '../cards/help.ts'
import type { Card } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import type { Parsed } from './parse.ts'

type Typed = Extract<Parsed, { readonly kind: 'command' | 'suggestion' }>

/** 今天好冷 is no 我的: a command that takes no such words is not what was meant. */
export function fits({ command, rest, word }: Typed): boolean {
  return rest === '' || command.args.safeParse(command.fromText(rest, word)).success
}

/** A near miss as a button whose payload is what the words would have given. */
export function suggestionOf({ command, rest, word }: Typed, text: Text): Card {
  const raw = command.fromText(rest, word)
  const entries = typeof raw === 'object' && raw !== null ? Object.entries(raw) : []
  const payload = Object.fromEntries(
    entries.filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  )
  return suggestionCard({ action: command.name, rest, payload }, text)
}
