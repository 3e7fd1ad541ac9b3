import { z } from 'zod'
import { calendarFor } from '../src/calendar.ts'
import { lineCard } from '../src/cards/error.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import { addAudit } from '../src/store/audit.ts'
import { decideDip, dipById } from '../src/store/group-dips.ts'

const Args = z.object({
  dip: z.number().int().positive(),
  do: z.enum(['release', 'hold']),
  /** Hold until this day comes. */
  until: z.number().int().optional(),
})
type Args = z.infer<typeof Args>

/** The buttons of a group dip: its alerts go out as usual from the next morning on, or wait longer (A52). */
export const groupDip = defineCommand({
  name: 'group-dip',
  aliases: [],
  hidden: true,
  where: 'dm',
  role: 'lead',
  writes: true,
  args: Args,
  fromText: () => ({}),
  async run(ctx, call: Call<Args>): Promise<Reply> {
    const { actor, args, text, today } = call
    const { said } = text.noise.dips
    const dip = await dipById(ctx, args.dip)
    if (!dip || (actor.role !== 'admin' && dip.teamId !== actor.teamId)) {
      throw new AppError('not-found', 'no such dip in the scope of the actor', { say: text.chat.buttonGone })
    }
    const until = args.until ?? dip.until
    const late = args.do === 'hold' ? until <= today : dip.until <= today
    if (late) return { cards: [lineCard(said.over, text)] }
    await decide(ctx, call, until)
    const line = args.do === 'release' ? said.released : said.held(text.common.day(until))
    return { cards: [lineCard(line, text)] }
  },
})

async function decide(ctx: Ctx, { actor, args }: Call<Args>, until: number): Promise<void> {
  const state = args.do === 'release' ? 'released' : 'held'
  await decideDip(ctx, args.dip, { state, until, by: actor.id })
  const detail = { state, until, on: calendarFor(ctx.settings).dayOf(ctx.clock.now()) }
  await addAudit(ctx, { memberId: actor.id, action: 'group-dip', subject: `group-dip:${args.dip}`, detail })
}
