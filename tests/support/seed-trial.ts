import type { Ctx } from '../../src/context.ts'
import type { Day } from '../../src/model/day.ts'
import { HOLDOUT } from '../../src/model/experiment.ts'
import { addAssignments } from '../../src/store/assignments.ts'
import { startExperiment } from '../../src/store/experiments.ts'

/** The settings of the trial below. */
export const TRIAL = { share: 0.3, minEffect: 0.5, power: 0.5 } as const

/** A holdout of two months ago: everybody's customers had an alert on that day, three of ten waited. */
export async function seedTrial(ctx: Ctx, day: Day): Promise<void> {
  const plan = {
    name: HOLDOUT,
    seed: day,
    excludeTop: true,
    delayDays: 30,
    windowDays: 30,
    baseline: 0.25,
  } as const
  const { id } = await startExperiment(ctx, { ...plan, ...TRIAL }, null)
  const rows = await ctx.db.selectFrom('customers').select(['id', 'owner_id']).orderBy('id').execute()
  const assigned = rows.map((row, at) => ({
    customerId: Number(row.id),
    day,
    stratum: 'all',
    place: at,
    arm: at % 10 < TRIAL.share * 10 ? ('control' as const) : ('treated' as const),
  }))
  await addAssignments(ctx, id, assigned)
}
