import { calendarFor } from '../../src/calendar.ts'
import type { Ctx } from '../../src/context.ts'
import { CASE_STATES, isOpen } from '../../src/model/case.ts'

/**
 * What must hold in the database after any day, whatever happened to the service: one sentence for each breach.
 * Messages that wait for a later moment are no breach.
 */
export async function breaches(ctx: Ctx): Promise<string[]> {
  const found = await Promise.all([messages(ctx), inbound(ctx), replies(ctx), cases(ctx), budgets(ctx)])
  return found.flat()
}

/** Everything due is sent, and what nobody asked for only in work hours. */
async function messages(ctx: Ctx): Promise<string[]> {
  const { isWorkTime } = calendarFor(ctx.settings)
  const now = ctx.clock.now()
  const rows = await ctx.db
    .selectFrom('outbox')
    .select(['id', 'state', 'lane', 'not_before', 'sent_at', 'error'])
    .execute()
  return rows.flatMap(({ id, state, lane, not_before, sent_at, error }) => {
    if (state === 'pending' && Number(not_before) > now) return []
    if (state !== 'sent') return [`message ${id} is ${state}: ${error}`]
    const asked = lane === 'reply'
    return asked || isWorkTime(Number(sent_at)) ? [] : [`message ${id} was sent outside work hours`]
  })
}

async function inbound(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.selectFrom('inbox').select(['platform', 'event_id', 'state', 'error']).execute()
  const open = rows.filter(({ state }) => state !== 'done')
  const keys = rows.map(({ platform, event_id }) => `${platform} ${event_id}`)
  return [
    ...open.map(({ event_id, state, error }) => `event ${event_id} is ${state}: ${error}`),
    ...twice(keys).map((key) => `event ${key} stands twice`),
  ]
}

/** Whoever said something has an answer, and nobody was written down twice. */
async function replies(ctx: Ctx): Promise<string[]> {
  const sent = await ctx.db.selectFrom('outbox').select('id').where('lane', '=', 'reply').execute()
  const answered = new Set(sent.map(({ id }) => id.replace(/^(reply|update):/, '').replace(/:\d+$/, '')))
  const events = await ctx.db.selectFrom('inbox').select(['platform', 'event_id']).execute()
  const followUps = await ctx.db.selectFrom('follow_ups').select('inbound_key').execute()
  return [
    ...events
      .filter(({ platform, event_id }) => !answered.has(`${platform}:${event_id}`))
      .map(({ event_id }) => `event ${event_id} has no answer`),
    ...twice(followUps.map((one) => one.inbound_key)).map((key) => `two follow-ups of ${key}`),
  ]
}

/** An open case has an owner who works here and a due time, and a customer has at most one. */
async function cases(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('cases')
    .leftJoin('members', 'members.id', 'cases.owner_id')
    .select(['cases.id', 'cases.customer_id', 'cases.due_at', 'members.active'])
    .where('cases.state', 'in', CASE_STATES.filter(isOpen))
    .execute()
  return [
    ...rows.filter((one) => one.active !== 1).map(({ id }) => `case ${id} has no owner who works here`),
    ...rows.filter((one) => !(Number(one.due_at) > 0)).map(({ id }) => `case ${id} has no due time`),
    ...twice(rows.map((one) => String(one.customer_id))).map((id) => `customer ${id} has two open cases`),
  ]
}

/** Nobody hears of a case twice for the same period, nor of more cases a day than the settings allow. */
async function budgets(ctx: Ctx): Promise<string[]> {
  const { perDay, urgentPerDay } = ctx.settings.push
  const pushes = await ctx.db
    .selectFrom('case_log')
    .select(['case_id', 'detail'])
    .where('action', '=', 'pushed')
    .execute()
  const counts = new Map<string, number>()
  // A mark names the day and who was told.
  for (const { detail } of pushes) counts.set(detail ?? '', (counts.get(detail ?? '') ?? 0) + 1)
  return [
    ...twice(pushes.map(({ case_id, detail }) => `${case_id} in ${detail}`)).map(
      (one) => `case ${one} twice`,
    ),
    ...[...counts]
      .filter(([key, count]) => count > (key.startsWith('urgent:') ? urgentPerDay : perDay))
      .map(([key, count]) => `${count} customers in ${key}`),
  ]
}

function twice(all: readonly string[]): string[] {
  const seen = new Set<string>()
  return all.filter((one) => {
    if (seen.has(one)) return true
    seen.add(one)
    return false
  })
}
