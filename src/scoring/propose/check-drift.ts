import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { readReport } from '../../model/go-live.ts'
import { versionById } from '../../store/scorer-versions.ts'
import { purchaseFits } from '../customer-outlook.ts'
import { noPurchaseLogit } from '../fitted-purchase.ts'
import { NO_PURCHASE } from '../learn/history/enrich-purchase-model.ts'
import { featureRow } from '../learn/history/feature-row.ts'
import { SCORE_DRIFT } from '../learn/learned/learned-model.ts'
import { columnsSeen, rowModel } from '../learn/learned/row-model.ts'
import { type Drift, driftCounter } from '../learn/psi.ts'
import { liveVersion } from '../live-scorer.ts'
import { measurePopulation } from '../measure-population.ts'
import { type LearnedParams, liveColumns } from '../scorers/learned-params.ts'
import { featurePages } from './judge-all.ts'
import { type Matured, matured } from './matured.ts'

/** These grow with the calendar at any company: that they moved says nothing. */
const GROWING = new Set(['tenure', 'orders', 'spendTotal'])

export interface DriftReport {
  readonly version: number
  /** What moved clearly, worst first; `score` is the model's own log-odds. */
  readonly moved: readonly (Drift & { readonly name: string })[]
  /** Null while no horizon has passed since the version was trained. */
  readonly matured: Matured | null
}

/**
 * Compares today's customers with those that the version in use was trained on, and its risk with what came where that
 * is known. Null while the rules speak: also where the version cannot be used.
 */
export async function checkDrift(ctx: Ctx, asOf: Day, signal?: AbortSignal): Promise<DriftReport | null> {
  const live = await liveVersion(ctx)
  const version = live && (await versionById(ctx, live.id))
  if (!version) return null
  const { params } = live
  const moved = await movedColumns(ctx, params, asOf, signal)
  const { horizon } = params.plan
  const passed = asOf - horizon
  // Of an earlier day the model has seen the answers.
  if (passed < version.asOf) return { version: version.id, moved, matured: null }
  const before = readReport(version.report)?.scorers.find(({ name }) => name === version.kind) ?? null
  const found = await matured(ctx, { asOf: passed, horizon, params, before, signal })
  return { version: version.id, moved, matured: found }
}

async function movedColumns(
  ctx: Ctx,
  { plan, purchase, model }: LearnedParams,
  asOf: Day,
  signal: AbortSignal | undefined,
): Promise<DriftReport['moved']> {
  const { population } = await measurePopulation(ctx, asOf, signal)
  const { models } = await purchaseFits(ctx, asOf, signal)
  const fitted = models.find((one) => one.model === purchase)
  const noOrderOf = fitted ? noPurchaseLogit(fitted, plan.horizon) : () => Number.NaN
  const columns = liveColumns(plan)
  const bound = rowModel(model, columns)
  const watched = Object.entries(model.drift)
    .filter(([name]) => !GROWING.has(name) && (fitted !== undefined || name !== NO_PURCHASE))
    // Of a purchase model alone the one column is the score.
    .filter(([name]) => name !== SCORE_DRIFT || columnsSeen(model).length > 1)
    .map(([name, bins]) => ({ name, at: columns.indexOf(name), counter: driftCounter(bins) }))
    .filter(({ name, at }) => at >= 0 || name === SCORE_DRIFT)
  for await (const page of featurePages(ctx, asOf, population, { signal })) {
    for (const one of page) {
      if (one.orders.length === 0) continue
      const row = [...featureRow(one, population, plan, ctx.settings.scoring), noOrderOf(one.orders, asOf)]
      const score = bound.logit(row)
      for (const { name, at, counter } of watched)
        counter.add(name === SCORE_DRIFT ? score : (row[at] ?? Number.NaN))
    }
  }
  return watched
    .map(({ name, counter }) => ({ name, ...counter.result() }))
    .filter(({ level }) => level === 'act')
    .sort((a, b) => b.psi - a.psi)
}
