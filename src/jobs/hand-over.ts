import { calendarFor } from '../calendar.ts'
import { welcomeBackCard } from '../cards/leave.ts'
import { leaverCard } from '../cards/leaver.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Absence } from '../model/duty.ts'
import { askAboutLeavers, leaverFacts } from '../retention/leavers.ts'
import { reroutePushes } from '../retention/reroute.ts'
import { followOwners, keepOwned } from '../store/case-upkeep.ts'
import { absencesOver, claimReturn, dutyOn } from '../store/duty.ts'
import { tellMember } from '../store/tell-member.ts'
import { whileAway } from '../store/while-away.ts'
import { textFor } from '../text/index.ts'
import type { Job } from './job.ts'

/**
 * Every five minutes: open cases follow people who came, left or were given other customers; what waits to be sent
 * follows those who stand in; whoever is back gets one summary.
 */
export const handOverJob: Job = {
  name: 'hand-over',
  cron: '*/5 * * * *',
  missed: 'run-latest',
  timeoutMs: 2 * 60_000,
  where: 'main',
  async run(ctx) {
    const moved = await inTransaction(ctx, async (ctx) => {
      return (await followOwners(ctx)) + (await keepOwned(ctx, await dutyOn(ctx)))
    })
    const asked = await askLeads(ctx)
    const rerouted = await reroutePushes(ctx)
    const back = await welcomeBack(ctx)
    return { moved, asked, rerouted, back }
  },
}

/** Who left and still owns customers: one card to the lead, which waits for work hours. */
function askLeads(ctx: Ctx): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const asked = await askAboutLeavers(ctx)
    for (const { handOverId, leaver, askedId } of asked) {
      const card = leaverCard(await leaverFacts(ctx, leaver), textFor(ctx.settings.locale))
      await tellMember(ctx, askedId, { id: `leaver:${handOverId}`, card })
    }
    return asked.length
  })
}

/** On the first workday back, when work starts: what happened meanwhile, once. */
async function welcomeBack(ctx: Ctx): Promise<number> {
  const calendar = calendarFor(ctx.settings)
  const now = ctx.clock.now()
  if (!calendar.isWorkTime(now)) return 0
  let told = 0
  for (const absence of await absencesOver(ctx, calendar.dayOf(now))) {
    if (await summarise(ctx, absence)) told++
  }
  return told
}

function summarise(ctx: Ctx, absence: Absence): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    if (!(await claimReturn(ctx, absence.id))) return false
    const { memberId, from, until } = absence
    const duty = await dutyOn(ctx)
    // Away again, or gone: the next return tells.
    if (!duty.isThere(memberId)) return false
    const name = duty.colleagues.get(memberId)?.name ?? ''
    const facts = await whileAway(ctx, { memberId, from, until })
    const card = welcomeBackCard({ name, from, last: until - 1, ...facts }, textFor(ctx.settings.locale))
    return tellMember(ctx, memberId, { id: `back:${absence.id}`, card })
  })
}
