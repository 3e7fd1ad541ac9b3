import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { backtestPast, type CompanyBacktest } from '../backtest-company.ts'
import { type CompanyPast, companyPast } from '../company-past.ts'
import { PURCHASE_MODELS } from '../fitted-purchase.ts'
import { type Stage, stageAt } from '../learn/backtest/stage.ts'
import { type FitPart, freshFits } from '../learn/learned/fit-part.ts'
import { purchaseOnly } from '../learn/learned/purchase-only.ts'
import { trainLearned } from '../learn/learned/train-learned.ts'
import { shareOf, type TrainControl } from '../learn/train.ts'
import { type LearnedParams, LIVE_KINDS, type LiveKind } from '../scorers/learned-params.ts'

export interface LearnCompanyOptions extends TrainControl {
  /** Nothing dated later is known. */
  readonly asOf: Day
  readonly horizon: number
  /** How a learner is trained; by default afresh each time. */
  readonly fitPart?: FitPart
  /** Larger companies are known by a sample of about so many customers. */
  readonly atMost?: number | undefined
}

/** What the company's history teaches as of a day, and how well that did on its past. */
export interface CompanyLearning {
  readonly report: CompanyBacktest
  /** The scorer that the back-test chose; that of the settings where the rules stay. */
  readonly chosen: string
  /** The chosen scorer, trained on everything known by the day; null where the rules stay. */
  readonly params: LearnedParams | null
}

/** Share of the work that judging takes; training the chosen one takes the rest. */
const JUDGING = 0.85

/** Judges every scorer on the company's past, and trains the chosen one on all that is known by now. */
export async function learnCompany(ctx: Ctx, options: LearnCompanyOptions): Promise<CompanyLearning> {
  const { asOf, horizon, signal, atMost, fitPart = freshFits() } = options
  const past = await companyPast(ctx, { upTo: asOf, atMost, signal })
  const { first, second } = shareOf(options, JUDGING)
  const report = await backtestPast(ctx, past, { ...first, upTo: asOf, horizon, fitPart })
  const chosen = report.report?.chosen ?? report.rules
  const kind = LEARNED.find((name) => name === chosen)
  const params = past && kind ? await trainChosen(past, kind, { ...options, ...second, fitPart }) : null
  options.progress?.(1)
  return { report, chosen, params }
}

const LEARNED: readonly LiveKind[] = LIVE_KINDS

/** The chosen scorer as of the last order: on the days after it nobody can be seen to stay. */
async function trainChosen(
  past: CompanyPast,
  kind: LiveKind,
  options: LearnCompanyOptions & { readonly fitPart: FitPart },
): Promise<LearnedParams | null> {
  const { log, facts, enrich } = past
  const { horizon } = options
  const stage = await facts.together(
    async () => await stageAt(log, { asOf: log.lastDay, horizon, enrich }),
    () => [],
  )
  const plan = facts.planOf(stage.training[0] ?? stage)
  const model = await modelOf(stage, kind, options)
  const purchase = PURCHASE_MODELS.find((name) => name === kind) ?? 'mbg-nbd'
  return model && { kind, plan, purchase, model }
}

async function modelOf(
  stage: Stage,
  kind: LiveKind,
  { fitPart, signal, progress }: LearnCompanyOptions & { readonly fitPart: FitPart },
): Promise<LearnedParams['model'] | null> {
  if (kind === 'blend' || kind === 'logistic' || kind === 'trees')
    return await trainLearned({ ...stage, kind, fitPart }, { signal, progress })
  return purchaseOnly(stage, kind)
}
