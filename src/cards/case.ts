import type { Card } from '../model/card.ts'
import type { Case, CaseOutcome, FalseAlarmReason } from '../model/case.ts'
import { FALSE_ALARM_REASONS, SNOOZE_REASONS } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { dayChoices, type OfferedDays } from './day-choices.ts'
import { clip, fitCard } from './fit-card.ts'
import { outcomeActions } from './outcome-actions.ts'

type Named = Pick<Case, 'id' | 'customerId' | 'customerName' | 'state'>

/** What a case looks like after a button: its state, one line on what that means, undo. */
export function caseCard(
  outcome: Pick<CaseOutcome, 'changed' | 'result'> & { case: Named },
  line: string,
  text: Text,
): Card {
  const words = text.cards.case
  const name = clip(outcome.case.customerName, 24)
  const state = text.cards.caseStates[outcome.case.state]
  const said = outcome.changed ? line : outcome.result === 'closed' ? words.closed : words.unchanged
  return fitCard({
    summary: words.summary(name, state),
    title: words.title(name, state),
    tone: outcome.changed ? 'good' : 'neutral',
    facts: [said],
    actions: [
      ...outcomeActions({ ...outcome.case, caseId: outcome.case.id }, text),
      ...(outcome.changed ? [{ action: 'undo', label: text.cards.buttons.undo, payload: {} }] : []),
      {
        action: 'customer',
        label: text.cards.buttons.customer,
        payload: { customer: outcome.case.customerId },
      },
    ],
  })
}

/** When shall I remind you? Buttons carry the day itself, so that a late tap means what it showed. */
export function snoozeCard(one: Named, offered: OfferedDays, text: Text): Card {
  const choice = ({ label, day }: { label: string; day: Day }) => ({
    action: 'snooze',
    label,
    payload: { ...ids(one), until: day },
  })
  return question(one, text.cards.case.askSnooze, text, dayChoices(offered, text).map(choice))
}

/** It rests now; the reason is one more tap, or none. */
export function snoozedCard(
  outcome: Pick<CaseOutcome, 'changed' | 'result'> & { case: Case },
  until: Day,
  text: Text,
): Card {
  const { outcome: words, snoozeReasons } = text.sla
  const card = caseCard(outcome, text.cards.case.snoozed(text.common.day(until)), text)
  const { snoozeReason } = outcome.case
  if (snoozeReason !== null) {
    return { ...card, facts: [...(card.facts ?? []), words.snoozeReason(snoozeReasons[snoozeReason])] }
  }
  if (!outcome.changed) return card
  const choices = SNOOZE_REASONS.map((reason) => ({
    action: 'snooze',
    label: snoozeReasons[reason],
    payload: { ...ids(outcome.case), until, reason },
  }))
  return fitCard({
    ...card,
    facts: [...(card.facts ?? []), words.askSnoozeReason],
    actions: [...choices, ...(card.actions ?? []).filter(({ action }) => action === 'undo')],
  })
}

/** Why was it a false alarm? One tap with a cause (A3). */
export function falseAlarmCard(one: Named, text: Text): Card {
  const choice = (reason: FalseAlarmReason) => ({
    action: 'false-alarm',
    label: text.cards.falseAlarmReasons[reason],
    payload: { ...ids(one), reason },
  })
  return question(one, text.cards.case.askReason, text, FALSE_ALARM_REASONS.map(choice))
}

/** Names the case, and that the button stands on a question. */
function ids(one: Named): Record<string, number> {
  return { case: one.id, customer: one.customerId, question: 1 }
}

function question(one: Named, ask: string, text: Text, actions: NonNullable<Card['actions']>): Card {
  const name = clip(one.customerName, 24)
  return fitCard({
    summary: text.cards.case.summary(name, ask),
    title: text.cards.case.title(name, ask),
    actions,
  })
}
