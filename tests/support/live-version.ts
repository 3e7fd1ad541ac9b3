import { type Ctx, inTransaction } from '../../src/context.ts'
import type { Day } from '../../src/model/day.ts'
import { loadCompanyLog } from '../../src/scoring/company-log.ts'
import { LearnedParams } from '../../src/scoring/scorers/learned-params.ts'
import { activateVersion, addVersion } from '../../src/store/scorer-versions.ts'
import { learnFromLog } from './learn-from-log.ts'

/** Trains a blend on the orders up to a day (of about `atMost` customers), without any back-test. */
export async function trainedParams(ctx: Ctx, asOf: Day, atMost?: number): Promise<LearnedParams> {
  const company = await loadCompanyLog(ctx, asOf, undefined, atMost)
  const horizon = ctx.settings.scoring.horizonDays
  const model = company && (await learnFromLog({ ...company.log, lastDay: asOf }, { asOf, horizon })).model
  if (!company || !model) throw new Error('there is too little to learn from')
  const plan = { horizon, withAmounts: company.log.amounts !== null, kinds: [], nps: false }
  return LearnedParams.parse({ kind: 'blend', plan, purchase: 'mbg-nbd', model })
}

/** Stores parameters as a version and puts it into use; its id. */
export async function activate(ctx: Ctx, asOf: Day, params: unknown): Promise<number> {
  const version = { asOf, kind: 'blend', params: JSON.stringify(params), report: '{}' }
  const { id } = await addVersion(ctx, { ...version, state: 'proposed' })
  if (!(await inTransaction(ctx, (tx) => activateVersion(tx, id, null)))) throw new Error('not activated')
  return id
}
