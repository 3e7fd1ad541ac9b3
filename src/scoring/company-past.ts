import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { firstDays } from '../store/population-rows.ts'
import { type CompanyLog, loadCompanyLog } from './company-log.ts'
import type { Enrich } from './learn/history/dataset.ts'
import { withPurchaseModel } from './learn/history/enrich-purchase-model.ts'
import { LEARNED_KINDS } from './learn/history/row-plan.ts'
import type { Column } from './learn/matrix.ts'
import type { TrainControl } from './learn/train.ts'
import { type PastFacts, pastFacts } from './past-facts.ts'

/**
 * Customers that are learned from and judged at most: more hardly sharpen the figures (the standard error of an AUC is
 * .003 to .005 with so many), and time and memory stay the same for the largest company. Facts beyond orders are some
 * forty columns more for each of them, so they are fewer then.
 */
const LEARNED_FROM = { orders: 30_000, facts: 12_000 }

/** All that learners and judges may ask about a company's past. */
export interface CompanyPast extends CompanyLog {
  readonly facts: PastFacts
  /** Columns besides the purchases': those of the facts and of the purchase model. Kept by day: stages share days. */
  readonly enrich: Enrich
}

export interface CompanyPastOptions extends TrainControl {
  /** Nothing dated later is known. */
  readonly upTo: Day
  /** Larger companies are known by a sample of about so many customers. */
  readonly atMost?: number | undefined
}

/** Opens the company's past; null without orders. */
export async function companyPast(ctx: Ctx, options: CompanyPastOptions): Promise<CompanyPast | null> {
  const { upTo, signal } = options
  const atMost = options.atMost ?? LEARNED_FROM[(await hasFacts(ctx, upTo)) ? 'facts' : 'orders']
  const company = await loadCompanyLog(ctx, upTo, signal, atMost)
  if (!company) return null
  const facts = await pastFacts(ctx, company.ids, { signal })
  const enrich = onceByDay(async (snapshot) => [
    ...(await facts.columns(snapshot)),
    ...(await withPurchaseModel(snapshot)),
  ])
  return { ...company, facts, enrich }
}

/** Whether the company had recorded anything besides orders by then that a model may learn from. */
async function hasFacts(ctx: Ctx, upTo: Day): Promise<boolean> {
  const { kinds, nps } = await firstDays(ctx)
  const isKnown = (day: Day | null | undefined): boolean => day !== null && day !== undefined && day <= upTo
  return isKnown(nps) || LEARNED_KINDS.some((kind) => isKnown(kinds.get(kind)))
}

function onceByDay(enrich: Enrich): Enrich {
  const known = new Map<Day, readonly Column[]>()
  return async (snapshot) => {
    const columns = known.get(snapshot.asOf) ?? (await enrich(snapshot))
    known.set(snapshot.asOf, columns)
    return columns
  }
}
