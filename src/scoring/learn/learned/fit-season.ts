import { type LastYear, YEAR_DAYS } from '../backtest/stage.ts'
import { levelShift } from '../calibrate/match-level.ts'
import {
  believe,
  expectedShift,
  type LevelError,
  type SeasonLevel,
  unforeseen,
} from '../calibrate/season-level.ts'
import type { LabelledSnapshot } from '../history/dataset.ts'
import { NO_PURCHASE } from '../history/enrich-purchase-model.ts'
import { logit } from '../logit.ts'
import { columnOf } from '../matrix.ts'

/** Calibrated log-odds of every row of a snapshot. */
export type LogitsOf = (snapshot: LabelledSnapshot) => Float64Array

/** The years before the day of the model and before its latest training cut-off; null where there was none. */
export interface PastYears {
  readonly lastYear: LastYear | null
  readonly lastYearEarlier: LastYear | null
}

export interface SeasonInput extends PastYears {
  readonly training: readonly LabelledSnapshot[]
  readonly earlier: readonly LabelledSnapshot[]
  /** The rehearsal's model; null without one. */
  readonly rehearsed: LogitsOf | null
  /** Trains the same kind of model on other snapshots; null where they teach nothing. */
  readonly train: (snapshots: readonly LabelledSnapshot[]) => Promise<LogitsOf | null>
}

/**
 * The same model as it would have been made a year ago, and by how much it was off in the months that followed: that
 * error is expected again, as far as the latest rehearsal's error was like that of its own year before.
 */
export async function fitSeason(input: SeasonInput): Promise<SeasonLevel> {
  const { training, earlier, lastYear, lastYearEarlier, rehearsed } = input
  const [latest] = training
  const recent = rehearsed && latest ? levelError(rehearsed, latest).shift : null
  const seen = await errorsOf(lastYear, input)
  const [before] = await errorsOf(recent === null ? null : lastYearEarlier, input)
  const pair = recent !== null && before ? { recent, yearBefore: before.shift } : null
  const belief = believe(pair)
  const foreseen = pair && seen.length > 0 ? belief * pair.yearBefore : 0
  const missed = recent === null ? [] : [recent - foreseen]
  return {
    days: seen.map(({ asOf }) => asOf + YEAR_DAYS),
    shifts: seen.map((error) => expectedShift(error, belief)),
    belief,
    spread: unforeseen(seen.length > 0 ? missed : [...missed, ...levelChanges(training, earlier)]),
  }
}

async function errorsOf(year: LastYear | null, { train }: SeasonInput): Promise<LevelError[]> {
  const logitsOf = year && (await train(year.training))
  return logitsOf ? year.seen.map((snapshot) => levelError(logitsOf, snapshot)) : []
}

function levelError(logitsOf: LogitsOf, snapshot: LabelledSnapshot): LevelError {
  const rate = rateOf(snapshot)
  const noise = 1 / Math.max(snapshot.y.length * rate * (1 - rate), 1)
  return { asOf: snapshot.asOf, shift: levelShift(logitsOf(snapshot), rate), noise }
}

/** How much the level moved within a horizon in the past, beyond what the purchase model foretold. */
function levelChanges(training: readonly LabelledSnapshot[], earlier: readonly LabelledSnapshot[]): number[] {
  return training.flatMap((snapshot) => {
    const past = earlier.find(({ asOf, horizon }) => asOf === snapshot.asOf - horizon)
    return past ? [surprise(snapshot) - surprise(past)] : []
  })
}

function surprise(snapshot: LabelledSnapshot): number {
  const foretold = columnOf(snapshot.x, NO_PURCHASE)?.values
  const rate = rateOf(snapshot)
  return foretold ? levelShift(foretold, rate) : logit(rate)
}

function rateOf({ y }: LabelledSnapshot): number {
  return y.reduce((sum, value) => sum + value, 0) / y.length
}
