import type { Card, CardItem } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import type { TrialFigures } from './effect.ts'
import { clip, fitCard } from './fit-card.ts'

export interface ScriptsInput {
  /** Whose customers; empty: everybody's. */
  readonly team: string
  readonly trials: readonly {
    /** The play's title. */
    readonly title: string
    readonly startedOn: Day
    readonly ended: boolean
    readonly windowDays: number
    /** Script A is the treated arm. */
    readonly effect: TrialFigures
    readonly waiting: number
    /** What both say, in short; null: not known any more. */
    readonly says: { readonly a: string; readonly b: string } | null
  }[]
  readonly asOf: Day
}

/** More do not fit one screen. */
const MAX_TRIALS = 2
const SAYS_CHARS = 16

/** 成效 话术: two scripts of a play against each other, by lot, with n and interval; or how many are missing (A93). */
export function scriptsCard(input: ScriptsInput, text: Text): Card {
  const words = text.effect.scripts
  const [first] = input.trials
  const shown = input.trials.slice(0, MAX_TRIALS)
  const more = input.trials.length - shown.length
  return fitCard({
    summary: words.summary(first ? resultOf(first, text) : words.none),
    title: words.title(clip(input.team, 16)),
    facts: first ? [] : [words.none, words.how],
    items: shown.map((one) => trialItem(one, text)),
    notes: [
      ...(first ? [words.definition(first.windowDays)] : []),
      [...(more > 0 ? [words.more(more)] : []), text.cards.asOf(text.common.day(input.asOf))].join(' · '),
    ],
  })
}

type Trial = ScriptsInput['trials'][number]

function trialItem(trial: Trial, text: Text): CardItem {
  const words = text.effect.scripts
  const { says, waiting, startedOn, ended } = trial
  return {
    title: words.item(clip(trial.title, 24), text.common.date(startedOn), ended),
    lines: [
      ...(says === null ? [] : [words.says(clip(says.a, SAYS_CHARS), clip(says.b, SAYS_CHARS))]),
      [armsOf(trial, text), ...(waiting > 0 ? [text.effect.waiting(waiting)] : [])].join(' · '),
      resultOf(trial, text),
    ],
  }
}

function armsOf({ effect }: Trial, text: Text): string {
  const words = text.effect.scripts
  const { percent } = text.common
  if (effect.state === 'known') {
    const { rates, judged } = effect
    const of = (arm: 'treated' | 'control') => text.effect.arm(percent(rates[arm].estimate), judged[arm])
    return words.arms(of('treated'), of('control'))
  }
  if (effect.state === 'broken') return words.arms(words.n(effect.have.treated), words.n(effect.have.control))
  const { kept, have } = effect
  return words.arms(words.ordered(kept.treated, have.treated), words.ordered(kept.control, have.control))
}

function resultOf({ effect, ended }: Trial, text: Text): string {
  const words = text.effect.scripts
  if (effect.state === 'known') {
    const { estimate, low, high } = effect.rates.difference
    const range = text.effect.pointsRange(low, high)
    return words.result(text.effect.points(estimate), range, words.verdicts[effect.verdict])
  }
  if (effect.state === 'broken') return text.effect.noVerdict
  const { missing } = effect
  if (ended || missing.treated + missing.control === 0) return text.effect.tooFew
  return words.missing(missing.treated, missing.control)
}
