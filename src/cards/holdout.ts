import type { Card, CardAction } from '../model/card.ts'
import type { HoldoutState, PerArm } from '../model/experiment.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

/** What an administrator offers to be set, over what is in force now (null: the file). */
export interface HoldoutDraft {
  readonly share: number
  readonly base: number | null
}

/** Usual for a first trial. */
export const USUAL_SHARE = 0.1

/** 对照组: on or off, since when, how many in each arm, how many wait today. */
export function holdoutCard(input: HoldoutState, said: string | null, text: Text): Card {
  const words = text.holdout
  const { share, trial } = input
  const state = share > 0 ? words.on(share) : words.off
  return fitCard({
    summary: said ?? (share > 0 ? words.onSummary(share, trial?.waiting ?? 0) : words.offSummary),
    title: said ?? state,
    fields: trial?.running ? trialFields(trial, text) : [],
    facts: [...changeWords(input, text), words.design(input.delayDays, input.excludeTop)],
    notes: [words.howTo],
    actions: [
      share > 0
        ? { action: 'holdout', label: words.turnOff, payload: { words: 'off' } }
        : { action: 'holdout', label: words.turnOn(USUAL_SHARE), payload: { words: 'on' } },
    ],
  })
}

function trialFields({ startedOn, arms, waiting }: NonNullable<HoldoutState['trial']>, text: Text) {
  const words = text.holdout
  return [
    { label: words.since, value: text.common.day(startedOn) },
    { label: words.treated, value: words.count(arms.treated) },
    { label: words.control, value: words.count(arms.control) },
    { label: words.waiting, value: words.count(waiting) },
  ]
}

/** What the next morning changes, or what was before. */
function changeWords({ share, trial }: HoldoutState, text: Text): string[] {
  const words = text.holdout
  if (!trial?.running) {
    const last = trial ? [words.last(text.common.day(trial.startedOn))] : []
    return share > 0 ? [words.starts] : last
  }
  if (share === 0) return [words.ends(trial.waiting)]
  return share === trial.share ? [] : [words.restarts]
}

/** Nothing is changed before this card is confirmed. */
export function holdoutAskCard(
  input: HoldoutState & { readonly draft: HoldoutDraft; readonly need: PerArm<number> | null },
  text: Text,
): Card {
  const words = text.holdout.ask
  const { draft, need, trial, delayDays, excludeTop } = input
  const on = draft.share > 0
  const title = on ? words.on(draft.share) : words.off
  const payload = { share: draft.share, base: draft.base ?? 0 }
  const confirm: CardAction = {
    action: 'holdout',
    label: on ? words.confirmOn : words.confirmOff,
    style: 'primary',
    payload: { ...payload, do: 'save' },
  }
  return fitCard({
    summary: title,
    title,
    facts: on
      ? [
          text.holdout.design(delayDays, excludeTop),
          ...(need ? [words.need(need.treated, need.control)] : []),
          ...(trial?.running ? [words.endsRunning] : []),
        ]
      : [...(trial && trial.waiting > 0 ? [words.released(trial.waiting)] : []), words.kept],
    notes: [words.note],
    actions: [confirm, { action: 'holdout', label: words.cancel, payload: { do: 'cancel' } }],
  })
}
