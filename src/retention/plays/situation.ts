import type { Scope } from '../../access.ts'
import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { Case } from '../../model/case.ts'
import type { Day } from '../../model/day.ts'
import type { PlayCell } from '../../model/play.ts'
import type { Score } from '../../model/score.ts'
import { STAGES, type Stage } from '../../model/stage.ts'
import { openCases } from '../../store/cases.ts'
import { lastOrders, lastTouches, openComplaints } from '../../store/customer-history.ts'
import { scoreOf } from '../../store/scores.ts'
import { type Cause, causeOf } from './cause.ts'
import { type ToldReason, toldReason } from './told-reason.ts'

/** Contacts by us in which a reason is looked for. */
const LAST_TOUCHES = 10

/** What a play for a customer follows from, as it stands today. */
export interface Situation {
  readonly score: Score | null
  readonly lastOrder: Awaited<ReturnType<typeof lastOrders>>[number] | null
  /** Open ones, oldest first. */
  readonly complaints: Awaited<ReturnType<typeof openComplaints>>
  /** Newest first. */
  readonly touches: Awaited<ReturnType<typeof lastTouches>>
  readonly open: Case | null
  readonly told: ToldReason | null
  readonly cause: Cause
  readonly cell: PlayCell
}

/** Reads it, within the scope. */
export async function situationOf(
  ctx: Ctx,
  scope: Scope,
  customerId: number,
  today: Day,
): Promise<Situation> {
  const score = await scoreOf(ctx, scope, customerId)
  const [lastOrder = null] = await lastOrders(ctx, scope, customerId, 1)
  const complaints = await openComplaints(ctx, scope, customerId)
  const touches = await lastTouches(ctx, scope, customerId, LAST_TOUCHES)
  const [open = null] = await openCases(ctx, scope, { customerId, limit: 1 })
  const told = toldReason(touches, { today, calendar: calendarFor(ctx.settings) }, lastOrder?.day ?? null)
  const evidence = score?.evidence ?? open?.why ?? []
  const cause = causeOf({ openComplaint: complaints.length > 0, told: told?.reason ?? null, evidence })
  const cell = {
    cause: cause.id,
    tier: score?.tier ?? ('unknown' as const),
    stage: stageOf(score, lastOrder !== null),
  }
  return { score, lastOrder, complaints, touches, open, told, cause, cell }
}

/** A lost customer is won back, whatever its vocabulary of stages calls it. */
function stageOf(score: Score | null, hasOrders: boolean): Stage {
  if (score?.churned) return 'churn'
  const known = Object.values(STAGES)
    .flat()
    .find((stage) => stage === score?.stage)
  return known ?? (hasOrders ? 'growth' : 'awareness')
}
