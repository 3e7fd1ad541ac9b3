import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { purchaseFits } from '../customer-outlook.ts'
import { sigmoid } from '../learn/logit.ts'
import { auc } from '../learn/metrics/auc.ts'
import { measurePopulation } from '../measure-population.ts'
import type { LearnedParams } from '../scorers/learned-params.ts'
import { learnedReader } from '../scorers/learned-reading.ts'
import { featurePages } from './judge-all.ts'
import { orderedAfter } from './ordered-after.ts'

/** Fewer answers than this say nothing. */
const FEWEST = 100
/** Mean risk may be off so far before it is told, whatever the number of customers; chance comes on top. */
const LEVEL_MARGIN = 0.05
const AUC_MARGIN = 0.02
const CERTAINTY = 3

/**
 * What the model in use would have said on a day whose horizon has passed, and what came: of every buyer, as in its
 * back-test. The rules, which speak of some customers on the cards, are no part of it.
 */
export interface Matured {
  readonly asOf: Day
  readonly customers: number
  readonly meanRisk: number
  readonly churnRate: number
  readonly levelOff: boolean
  readonly auc: number | null
  /** Of the back-test it was accepted on. */
  readonly aucBefore: number | null
  readonly rankingWorse: boolean
}

export interface MaturedOptions {
  readonly asOf: Day
  readonly horizon: number
  readonly params: LearnedParams
  /** Of the back-test it was accepted on. */
  readonly before: { readonly auc: number | null; readonly aucSe: number | null } | null
  readonly signal?: AbortSignal | undefined
}

/** Null with too few answers. */
export async function matured(ctx: Ctx, options: MaturedOptions): Promise<Matured | null> {
  const { asOf, horizon, params, before, signal } = options
  const stayed = await orderedAfter(ctx, asOf, horizon, signal)
  const { population } = await measurePopulation(ctx, asOf, signal)
  const { models } = await purchaseFits(ctx, asOf, signal)
  const read = learnedReader(
    params,
    population,
    models.find(({ model }) => model === params.purchase) ?? null,
  )
  const [said, came]: [number[], number[]] = [[], []]
  for await (const page of featurePages(ctx, asOf, population, { signal })) {
    for (const one of page) {
      if (one.orders.length === 0) continue
      said.push(sigmoid(read(one, ctx.settings.scoring).logit))
      came.push(stayed.has(one.customerId) ? 0 : 1)
    }
  }
  if (said.length < FEWEST) return null
  return { asOf, ...compare(said, came, before) }
}

function compare(
  said: readonly number[],
  came: readonly number[],
  before: MaturedOptions['before'],
): Omit<Matured, 'asOf'> {
  const n = said.length
  const meanRisk = said.reduce((sum, p) => sum + p, 0) / n
  const churnRate = came.reduce((sum, y) => sum + y, 0) / n
  const chance = Math.sqrt(said.reduce((sum, p) => sum + p * (1 - p), 0)) / n
  const now = auc(Float64Array.from(came), Float64Array.from(said))
  const was = before?.auc ?? null
  const doubt = CERTAINTY * Math.hypot(now?.se ?? 0, before?.aucSe ?? 0)
  return {
    customers: n,
    meanRisk,
    churnRate,
    levelOff: Math.abs(meanRisk - churnRate) > LEVEL_MARGIN + CERTAINTY * chance,
    auc: now?.value ?? null,
    aucBefore: was,
    rankingWorse: now !== null && was !== null && was - now.value > Math.max(AUC_MARGIN, doubt),
  }
}
