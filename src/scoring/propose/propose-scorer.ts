import { type Ctx, inTransaction } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { type GoLiveReport, readReport } from '../../model/go-live.ts'
import { forgetParts } from '../../store/learning-parts.ts'
import {
  activeVersion,
  addVersion,
  latestVersions,
  type NewVersion,
  type ScorerVersion,
} from '../../store/scorer-versions.ts'
import { freshFits } from '../learn/learned/fit-part.ts'
import type { TrainControl } from '../learn/train.ts'
import { liveVersion, yardstickOf } from '../live-scorer.ts'
import { bandChange } from './band-change.ts'
import { keptFits } from './kept-fits.ts'
import { type CompanyLearning, learnCompany } from './learn-company.ts'
import { lookBack } from './look-back.ts'
import { makeReport } from './make-report.ts'
import { answerAsked, type Due } from './proposal-due.ts'

/** Share of the progress that learning takes; looking back and ahead takes the rest. */
const LEARNING = 0.9

export interface Proposal {
  readonly version: ScorerVersion
  readonly report: GoLiveReport
  /** False where the same lack of history was told before. */
  readonly news: boolean
}

export interface ProposeOptions extends TrainControl {
  /** Facts dated up to and including this day are used. */
  readonly asOf: Day
  readonly due: Due
  /** Runs in the transaction that stores the version: tells the administrators. */
  readonly onStored?: (ctx: Ctx, proposal: Proposal) => Promise<unknown>
  /** For tests. */
  readonly learn?: typeof learnCompany
}

/**
 * Evaluates all scorers on the company's own past and stores what came out: a version that waits for an administrator,
 * or that the rules stay and why. It changes no score. When it is killed, learners that were trained by then are kept.
 */
export async function proposeScorer(ctx: Ctx, options: ProposeOptions): Promise<Proposal> {
  const { asOf, signal } = options
  const horizon = ctx.settings.scoring.horizonDays
  const learning = await (options.learn ?? learnCompany)(ctx, {
    asOf,
    horizon,
    fitPart: keptFits(ctx, freshFits()),
    signal,
    progress: (done) => options.progress?.(done * LEARNING),
  })
  const report = await reportOf(ctx, learning, options)
  signal?.throwIfAborted()
  const params = report.reason === 'passed' ? JSON.stringify(learning.params) : null
  const proposal = await inTransaction(ctx, (ctx) =>
    store(
      ctx,
      {
        asOf,
        kind: report.chosen,
        state: params === null ? 'rules-stay' : 'proposed',
        params,
        report: JSON.stringify(report),
      },
      report,
      options,
    ),
  )
  options.progress?.(1)
  return proposal
}

async function reportOf(
  ctx: Ctx,
  learning: CompanyLearning,
  { asOf, signal }: ProposeOptions,
): Promise<GoLiveReport> {
  const horizon = ctx.settings.scoring.horizonDays
  const { report: backtest, chosen, params } = learning
  const judged = backtest.report !== null
  const active = await activeVersion(ctx)
  const before = asOf - horizon
  // A version that learned from later days knows the answers: the rules are looked at in its place.
  const lived = active && active.asOf <= before && (await liveVersion(ctx)) ? active : null
  const look = judged
    ? await lookBack(ctx, {
        asOf: before,
        horizon,
        yardstick: await yardstickOf(ctx, before, lived, signal),
        version: lived?.id ?? null,
        signal,
      })
    : null
  const change =
    params === null || chosen === backtest.rules
      ? null
      : await bandChange(
          ctx,
          asOf,
          await yardstickOf(ctx, asOf, active, signal),
          await yardstickOf(ctx, asOf, { id: 0, params: JSON.stringify(params) }, signal),
          signal,
        )
  return makeReport({ asOf, horizon, backtest, chosen, hasModel: params !== null, look, change })
}

async function store(
  ctx: Ctx,
  version: NewVersion,
  report: GoLiveReport,
  options: ProposeOptions,
): Promise<Proposal> {
  const [latest] = await latestVersions(ctx, 1)
  const isNews = options.due !== 'retry' || !latest || readReport(latest.report)?.reason !== report.reason
  const proposal = { version: await addVersion(ctx, version), report, news: isNews }
  await forgetParts(ctx)
  await answerAsked(ctx)
  await options.onStored?.(ctx, proposal)
  return proposal
}
