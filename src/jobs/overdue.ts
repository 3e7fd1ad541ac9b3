import { calendarFor } from '../calendar.ts'
import { lateCard, lateTeamCard } from '../cards/overdue.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Duty } from '../model/duty.ts'
import { takersFor } from '../retention/leavers.ts'
import { type Late, type LateGroup, lateCases, rememberTold, toLeads, toNudge } from '../retention/overdue.ts'
import { dutyOn } from '../store/duty.ts'
import { type Loads, loadsNow } from '../store/loads.ts'
import { pushPaused } from '../store/state.ts'
import { tellMember } from '../store/tell-member.ts'
import { textFor } from '../text/index.ts'
import type { Counts, Job } from './job.ts'

/**
 * Every hour of work time: who is late with a case hears it in private, at most once a day and all in one card; a
 * workday later the lead does, then with colleagues to give it to. Never in a group, nothing moves by itself.
 */
export const overdue: Job = {
  name: 'overdue',
  cron: '30 * * * *',
  missed: 'run-latest',
  timeoutMs: 2 * 60_000,
  where: 'main',
  after: ['digest'],
  async run(ctx) {
    if (!calendarFor(ctx.settings).isWorkTime(ctx.clock.now())) return { offHours: 1 }
    if (await pushPaused(ctx)) return { paused: 1 }
    return inTransaction(ctx, climb)
  },
}

async function climb(ctx: Ctx): Promise<Counts> {
  const day = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  const duty = await dutyOn(ctx, day)
  const late = await lateCases(ctx)
  let nudged = 0
  for (const group of toNudge(late, duty)) {
    const card = lateCard(
      { today: day, items: itemsOf(ctx, group, group.to.id) },
      textFor(ctx.settings.locale),
    )
    if (!(await tellMember(ctx, group.to.id, { id: `late:${day}`, card }))) continue
    await rememberTold(ctx, group.late, 'nudge')
    nudged++
  }
  const loads = await loadsNow(ctx)
  let leads = 0
  for (const group of toLeads(late, duty)) {
    if (await tellLead(ctx, group, { day, duty, loads })) leads++
  }
  return { late: late.length, nudged, leads }
}

async function tellLead(
  ctx: Ctx,
  { to, late }: LateGroup,
  { day, duty, loads }: { readonly day: number; readonly duty: Duty; readonly loads: Loads },
): Promise<boolean> {
  const sorted = [...late].sort((a, b) => Number(b.rung === 'reassign') - Number(a.rung === 'reassign'))
  const items = itemsOf(ctx, { late: sorted }, to.id).map((item, index) => {
    const one = sorted[index]
    return { ...item, taker: one ? takerFor(one, duty, loads) : null }
  })
  const card = lateTeamCard({ today: day, items }, textFor(ctx.settings.locale))
  if (!(await tellMember(ctx, to.id, { id: `late-team:${day}`, card }))) return false
  await rememberTold(ctx, late, 'rung')
  return true
}

/** The colleague with the least at hand, once it is time to offer one. */
function takerFor({ case: one, rung }: Late, duty: Duty, loads: Loads): { id: number; name: string } | null {
  const owner = duty.colleagues.get(one.ownerId)
  if (rung !== 'reassign' || !owner) return null
  return takersFor(owner, duty, loads).find(({ id }) => id !== owner.id) ?? null
}

function itemsOf(ctx: Ctx, { late }: Pick<LateGroup, 'late'>, readerId: number) {
  const calendar = calendarFor(ctx.settings)
  const today = calendar.dayOf(ctx.clock.now())
  return late.map(({ case: one }) => {
    const dueOn = calendar.dayOf(one.dueAt)
    return {
      caseId: one.id,
      customerId: one.customerId,
      customerName: one.customerName,
      state: one.state,
      dueOn,
      workdays: calendar.workdaysBetween(dueOn, today),
      why: one.why,
      ...(one.ownerId !== readerId && { ownerName: one.ownerName }),
    }
  })
}
