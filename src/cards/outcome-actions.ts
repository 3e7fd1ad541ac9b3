import type { CardAction } from '../model/card.ts'
import type { CaseState } from '../model/case.ts'
import type { Text } from '../text/index.ts'

/** 挽回 and 流失, for a case that waits for its result. */
export function outcomeActions(
  item: { readonly caseId: number; readonly customerId: number; readonly state: CaseState },
  text: Text,
): CardAction[] {
  if (item.state !== 'waiting') return []
  const { buttons } = text.sla.outcome
  const payload = { case: item.caseId, customer: item.customerId }
  return [
    { action: 'won', label: buttons.won, payload },
    { action: 'lost', label: buttons.lost, payload },
  ]
}
