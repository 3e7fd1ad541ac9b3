import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { PerArm } from '../model/experiment.ts'
import type { Text } from '../text/index.ts'
import { effectChart } from './effect-chart.ts'
import { clip, fitCard } from './fit-card.ts'

/** A figure with its 95 % interval. */
export interface Interval {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** The numbers of a trial and what may be said of them. */
export type TrialFigures =
  | {
      readonly state: 'known'
      readonly verdict: 'better' | 'worse' | 'not-shown'
      readonly judged: PerArm<number>
      readonly rates: {
        readonly treated: Interval
        readonly control: Interval
        readonly difference: Interval
      }
      readonly extraKept: Interval
      /** 分 over the judged customers; null: cannot be told. */
      readonly extraRevenue: Interval | null
    }
  | {
      readonly state: 'too-few'
      readonly have: PerArm<number>
      readonly kept: PerArm<number>
      readonly need: PerArm<number>
      readonly missing: PerArm<number>
      readonly detectable: number | null
    }
  | { readonly state: 'broken'; readonly have: PerArm<number> }

export interface EffectInput {
  /** Whose customers; empty: everybody's. */
  readonly team: string
  /** The alerts that are described: 近 90 天. */
  readonly period: string
  readonly trial: {
    readonly effect: TrialFigures
    readonly waiting: number
    readonly enoughOn: Day | null
    readonly startedOn: Day
    readonly ended: boolean
    readonly share: number
    readonly delayDays: number
    readonly windowDays: number
  } | null
  readonly past: readonly { readonly days: number; readonly known: number; readonly kept: number }[]
  readonly won: { readonly proven: number; readonly claimed: number }
  readonly asOf: Day
  readonly today: Day
  /** The reader may change settings. */
  readonly admin: boolean
}

type Trial = NonNullable<EffectInput['trial']>
type Known = Extract<TrialFigures, { state: 'known' }>
type TooFew = Extract<TrialFigures, { state: 'too-few' }>

/** Below this many known outcomes no share is shown. */
const MIN_SHOWN = 20

/**
 * 成效: what pushing changed, against a control group and with an interval; or how many are missing; or, without a control
 * group, what became of pushed customers, and that it proves nothing. Totals only: it may stand in a group.
 */
export function effectCard(input: EffectInput, text: Text): Card {
  const words = text.effect
  const { trial } = input
  const body = trial === null ? pastBody(input, text) : trialBody(trial, input, text)
  return fitCard({
    ...body,
    summary: words.summary(clip(input.team, 16), body.figure.value, body.figure.label),
    title: words.title(clip(input.team, 16)),
    facts: [...body.facts, ...wonLine(input, text)],
  })
}

type Body = Pick<Card, 'fields' | 'notes' | 'chart' | 'tone'> & Required<Pick<Card, 'figure' | 'facts'>>

function trialBody(trial: Trial, input: EffectInput, text: Text): Body {
  const { effect } = trial
  if (effect.state === 'known') return knownBody(effect, trial, input, text)
  const words = text.effect
  const notes = notesOf(trial, input, text)
  if (effect.state === 'broken') {
    const figure = { value: words.noVerdict, label: words.brokenLabel }
    return { figure, facts: [words.broken(effect.have.treated, effect.have.control)], notes }
  }
  return { ...tooFewBody(effect, trial, input, text), notes }
}

function knownBody(effect: Known, trial: Trial, input: EffectInput, text: Text): Body {
  const words = text.effect
  const { judged, rates, extraKept, extraRevenue } = effect
  const arm = (one: keyof PerArm<number>) => words.arm(text.common.percent(rates[one].estimate), judged[one])
  return {
    tone: effect.verdict === 'better' ? 'good' : 'neutral',
    figure: { value: words.points(rates.difference.estimate), label: words.differenceLabel },
    fields: [
      { label: words.interval, value: words.pointsRange(rates.difference.low, rates.difference.high) },
      { label: words.treated, value: arm('treated') },
      { label: words.control, value: arm('control') },
      { label: words.extraKept, value: words.customers(extraKept.estimate, extraKept.low, extraKept.high) },
      { label: words.extraRevenue, value: extraRevenue ? moneyOf(extraRevenue, text) : words.noRevenue },
    ],
    facts: [words.verdicts[effect.verdict]],
    ...effectChart(rates, judged, text),
    notes: notesOf(trial, input, text),
  }
}

function moneyOf({ estimate, low, high }: Interval, text: Text): string {
  const { money } = text.common
  return text.effect.range(money(estimate), money(low), money(high))
}

function tooFewBody(effect: TooFew, trial: Trial, { today }: EffectInput, text: Text): Body {
  const words = text.effect
  const { have, kept, need, missing } = effect
  const day = trial.enoughOn === null ? null : text.common.pastDate(trial.enoughOn, today)
  const complete = missing.treated + missing.control === 0
  return {
    figure: { value: words.tooFew, label: words.tooFewLabel },
    fields: [
      { label: words.treated, value: words.armSoFar(kept.treated, have.treated, need.treated) },
      { label: words.control, value: words.armSoFar(kept.control, have.control, need.control) },
    ],
    facts: [
      ...(complete ? [words.noPairs] : [words.missing(missing.treated, missing.control)]),
      ...(trial.ended ? [words.ended] : day === null ? [] : [words.enoughOn(day)]),
      ...(effect.detectable === null ? [] : [words.detectable(effect.detectable)]),
    ],
  }
}

function notesOf(trial: Trial, { asOf, today }: EffectInput, text: Text): string[] {
  const words = text.effect
  const { windowDays, share, delayDays, startedOn, waiting } = trial
  return [
    words.definition(windowDays),
    [
      words.design(text.common.pastDate(startedOn, today), share, delayDays),
      ...(waiting > 0 ? [words.waiting(waiting)] : []),
      text.cards.asOf(text.common.day(asOf)),
    ].join(' · '),
  ]
}

function pastBody({ past, period, asOf, admin }: EffectInput, text: Text): Body {
  const words = text.effect
  const [first] = past
  const shown = past.filter(({ known }) => known >= MIN_SHOWN)
  const enough = first !== undefined && first.known >= MIN_SHOWN
  return {
    figure: enough
      ? { value: text.common.percent(first.kept / first.known), label: words.pastLabel(first.days) }
      : { value: words.tooFew, label: words.pastTooFew(first?.known ?? 0, MIN_SHOWN) },
    fields: shown.map(({ days, known, kept }) => ({
      label: words.pastField(days),
      value: words.pastShare(kept, known),
    })),
    facts: [words.noControl, admin ? words.switchOn : words.askAdmin],
    notes: [`${words.pastDefinition(period)} · ${text.cards.asOf(text.common.day(asOf))}`],
  }
}

/** A claim is no win: it stands apart. */
function wonLine({ won, period }: EffectInput, text: Text): string[] {
  return won.proven + won.claimed === 0 ? [] : [text.effect.won(period, won.proven, won.claimed)]
}
