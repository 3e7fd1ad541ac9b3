import { setImmediate as nextTurn } from 'node:timers/promises'
import { stopwatch } from '../clock.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import { type FactPage, factPage } from '../store/feature-rows.ts'
import { countCustomers, factsMark } from '../store/population-rows.ts'
import { finishRun, insertRun, interruptedRun, moveCursor, type ScoreRun } from '../store/score-runs.ts'
import {
  countScores,
  type NewChange,
  type NewScore,
  type PreviousScore,
  previousScores,
  writeChanges,
  writeScores,
} from '../store/score-writes.ts'
import { collectGarbage } from './collect-garbage.ts'
import { featuresOf } from './features-of.ts'
import { liveVersion, measured, scorerOfRun } from './live-scorer.ts'
import { readParams, settingsDigest, writeParams } from './run-params.ts'
import { scoreOne, type Yardstick } from './score-one.ts'
import { type ScoreReport, scoreReport } from './score-report.ts'
import { changesOf, lastState, scoreRow } from './score-rows.ts'
import { chosenScorer } from './scorers/index.ts'
import { LEARNED } from './scorers/learned.ts'
import { gapsFor } from './segment-gap.ts'

/** Customers read at once, and written in one transaction: some milliseconds, so that chat never waits long. */
const PAGE = 500
/** Pages after which memory is tidied up. */
const COLLECT_EVERY = 30

export interface ScoreOptions {
  /** Facts dated up to and including this day are known. */
  readonly asOf: Day
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => void
  /** Awaited between transactions, so that others get the write lock. */
  readonly pause?: () => Promise<void>
}

/**
 * One scoring run over everybody, in pages by customer id; memory holds one page. Every page is one short
 * transaction with its cursor: a run that was killed or stopped goes on where it was, and ends with the same
 * scores as one that was not.
 * @throws AppError `busy` when `signal` stops it, `conflict` when another process began a run meanwhile
 */
export async function scoreCustomers(ctx: Ctx, options: ScoreOptions): Promise<ScoreReport> {
  const elapsed = stopwatch()
  const { run, yardstick } = await openRun(ctx, options)
  const total = options.progress ? await countCustomers(ctx) : 0
  let done = 0
  let pages = 0
  for (let after = run.cursor; ; ) {
    if (options.signal?.aborted) throw stopped()
    const page = await factPage(ctx, { asOf: run.asOf, after, limit: PAGE })
    if (page.last === null) break
    await scorePage(ctx, run, yardstick, { after, last: page.last, customers: page.customers })
    after = page.last
    done += page.customers.length
    options.progress?.(done, total)
    // SQLite answers without leaving this turn: without one of its own Ctrl-C would not be heard.
    await nextTurn()
    if (++pages % COLLECT_EVERY === 0) collectGarbage()
    await options.pause?.()
  }
  const counts = await countScores(ctx, run.id)
  const report = scoreReport(run, counts, ctx.settings, elapsed())
  const { customers, scored, insufficient, bands, tiers, stages } = report
  const json = JSON.stringify({ bands, tiers, stages })
  if (!(await finishRun(ctx, run.id, { customers, scored, insufficient, json }))) throw replaced()
  ctx.log.info({ run: run.id, customers, scored, seconds: report.seconds }, 'customers scored')
  return report
}

function stopped(): AppError {
  return new AppError('busy', 'the scoring run was stopped', {
    say: 'Stopped. Run it again: it goes on where it was.',
  })
}

/** Two processes at once: the run that began later goes on alone, so that no two runs' scores are mixed. */
function replaced(): AppError {
  return new AppError('conflict', 'another scoring run has begun', {
    say: 'Another scoring run has begun or ended meanwhile; its scores stand.',
  })
}

async function openRun(
  ctx: Ctx,
  { asOf, signal }: ScoreOptions,
): Promise<{ run: ScoreRun; yardstick: Yardstick }> {
  const settings = ctx.settings.scoring
  const version = await liveVersion(ctx)
  const mark = version ? { name: LEARNED, version: version.id } : chosenScorer(settings.preset)
  const digest = `${settingsDigest(ctx.settings, mark)}:${await factsMark(ctx)}`
  const interrupted = await interruptedRun(ctx, asOf, digest)
  const stored = interrupted && readParams(interrupted.params)
  if (interrupted && stored) {
    const scorer = await scorerOfRun(ctx, stored)
    return { run: interrupted, yardstick: { population: stored.population, scorer, settings } }
  }
  const { yardstick, latestAt } = await measured(ctx, asOf, version, signal)
  collectGarbage()
  const run = await inTransaction(ctx, (tx) =>
    insertRun(tx, {
      asOf,
      scorer: yardstick.scorer.label,
      settingsDigest: digest,
      params: writeParams(yardstick),
      latestEventAt: latestAt,
    }),
  )
  return { run, yardstick }
}

interface Page {
  readonly after: number
  readonly last: number
  readonly customers: FactPage['customers']
}

async function scorePage(ctx: Ctx, run: ScoreRun, yardstick: Yardstick, page: Page): Promise<void> {
  const { after, last } = page
  const previous = await previousScores(ctx, after, last)
  const { scores, changes } = judge(run.asOf, yardstick, page.customers, previous)
  await inTransaction(ctx, async (tx) => {
    await writeScores(tx, run, { after, last }, scores)
    await writeChanges(tx, run, changes)
    if (!(await moveCursor(tx, run.id, last))) throw replaced()
  })
}

/** Pure: the rows to write for a page. */
function judge(
  asOf: Day,
  yardstick: Yardstick,
  customers: FactPage['customers'],
  previous: ReadonlyMap<number, PreviousScore>,
): { scores: NewScore[]; changes: NewChange[] } {
  const scores: NewScore[] = []
  const changes: NewChange[] = []
  const { population, settings } = yardstick
  for (const { customer, facts } of customers) {
    const gaps = gapsFor(settings, population, customer.segment)
    const features = featuresOf(customer, facts, asOf, population, gaps)
    const before = previous.get(customer.id)
    const state = scoreOne(features, yardstick, lastState(before, asOf))
    scores.push(scoreRow(state))
    changes.push(...changesOf(state, before))
  }
  return { scores, changes }
}
