import { calendarFor } from '../calendar.ts'
import { deadLettersCard } from '../cards/admin-notice.ts'
import type { Ctx } from '../context.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import { memberByIdentity } from '../store/members.ts'
import { addressOf } from '../store/outbox.ts'
import { deadBetween, type Undelivered } from '../store/outbox-figures.ts'
import { getState, setState } from '../store/state.ts'
import { textFor } from '../text/index.ts'
import type { Job } from './job.ts'

/** Names on one card; the others are counted. */
const LISTED = 10

/**
 * Tells the administrator the same day whom no message reaches and why: one line a chat, each once a day however many
 * messages it misses. What failed outside work hours is told when work starts.
 */
export const deadLettersJob: Job = {
  name: 'dead-letters',
  cron: '*/10 * * * *',
  missed: 'run-latest',
  timeoutMs: 60_000,
  where: 'main',
  async run(ctx, slot) {
    const now = ctx.clock.now()
    const told = Number((await getState(ctx, 'dead.told')) ?? 0)
    const dead = await deadBetween(ctx, told, now)
    const calendar = calendarFor(ctx.settings)
    const earlier = await deadBetween(ctx, calendar.instant(calendar.dayOf(now)) - 1, told)
    const known = new Set(earlier.map(chatOf))
    const fresh = dead.filter((one) => !known.has(chatOf(one)))
    if (fresh.length > 0) await tell(ctx, fresh, slot)
    await setState(ctx, 'dead.told', String(now))
    return { dead: dead.reduce((sum, one) => sum + one.count, 0), told: fresh.length }
  },
}

async function tell(ctx: Ctx, chats: readonly Undelivered[], slot: number): Promise<void> {
  const lines = await Promise.all(
    chats.slice(0, LISTED).map(async (one) => ({ ...one, who: await nameOf(ctx, one) })),
  )
  await notifyAdmins(ctx, `dead:${slot}`, deadLettersCard(lines, chats.length, textFor(ctx.settings.locale)))
}

function chatOf({ platform, address }: Undelivered): string {
  return `${platform} ${address}`
}

async function nameOf(ctx: Ctx, { platform, address }: Undelivered): Promise<string> {
  const { kind, id } = addressOf(platform, address)
  const member = kind === 'dm' ? await memberByIdentity(ctx, platform, id) : null
  return member?.name ?? id
}
