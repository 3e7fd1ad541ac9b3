import type { Card, CardAction } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

/** One sentence, with buttons that run the named commands. */
export function lineCard(line: string, text: Text, buttons: readonly ('help' | 'mine')[] = []): Card {
  const actions = buttons.map(
    (action): CardAction => ({ action, label: text.cards.buttons[action], payload: {} }),
  )
  return fitCard({ summary: line, title: line, actions })
}

/** What a person reads when something failed: a sentence that helps, never a trace. */
export function errorCard(code: keyof Text['common']['errors'], say: string | null, text: Text): Card {
  const card = lineCard(say ?? text.common.errors[code], text, code === 'bad-input' ? ['help'] : [])
  const ours = code === 'bug' || code === 'config' || code === 'upstream'
  return ours ? { ...card, tone: 'warning' } : card
}
