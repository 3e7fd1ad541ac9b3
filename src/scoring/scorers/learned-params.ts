import { z } from 'zod'
import { PURCHASE_MODELS } from '../fitted-purchase.ts'
import { NO_PURCHASE } from '../learn/history/enrich-purchase-model.ts'
import { RowPlan, rowColumns } from '../learn/history/feature-row.ts'
import { LearnedModel } from '../learn/learned/learned-model.ts'
import { columnsSeen } from '../learn/learned/row-model.ts'

/** The scorers that can go live; a purchase model alone is a learned model of one column. */
export const LIVE_KINDS = ['blend', 'logistic', 'trees', ...PURCHASE_MODELS] as const
export type LiveKind = (typeof LIVE_KINDS)[number]

/** All that a version of the learned scorer learned. Plain JSON, kept in `scorer_versions`. */
export const LearnedParams = z
  .object({
    kind: z.enum(LIVE_KINDS),
    /** The facts it sees; `featureRow` fills them. */
    plan: RowPlan,
    /** The purchase model, fitted anew as of every run, whose log-odds fill the column `noPurchase`. */
    purchase: z.enum(PURCHASE_MODELS),
    model: LearnedModel,
  })
  .refine(
    ({ plan, model }) => columnsSeen(model).every((name) => liveColumns(plan).includes(name)),
    'expected a model of columns that a scoring run can fill',
  )
export type LearnedParams = z.infer<typeof LearnedParams>

/** The columns of a live row: the customer's own, then the purchase model's. */
export function liveColumns(plan: RowPlan): string[] {
  return [...rowColumns(plan).map(({ name }) => name), NO_PURCHASE]
}
