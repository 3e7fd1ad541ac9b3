import type { Scope } from '../../access.ts'
import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import { type Movement, movement } from '../../stats/movement.ts'
import { periodOf } from '../../stats/period.ts'
import { type ChurnFigures, churnFigures } from '../../stats/team-stats.ts'
import { type CaseLoad, caseLoads } from '../../store/case-load.ts'
import { type Team, teams } from '../../store/chats.ts'

/** What a lead and an administrator see above the list. */
export interface BoardFigures {
  readonly churn: ChurnFigures
  readonly movement: Movement
  readonly loads: readonly CaseLoad[]
  readonly teams: readonly Team[]
}

/** The figures of this month within a scope: those that 「流失」 tells in chat. */
export async function boardFigures(ctx: Ctx, scope: Scope, today: Day): Promise<BoardFigures> {
  const period = periodOf(today, 1)
  return {
    churn: await churnFigures(ctx, { scope, period }),
    movement: await movement(ctx, scope, period),
    loads: await caseLoads(ctx, scope, { at: ctx.clock.now(), today }),
    teams: await teams(ctx),
  }
}
