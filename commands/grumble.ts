import { z } from 'zod'
import { allowed } from '../src/access.ts'
import { calendarFor } from '../src/calendar.ts'
import { lineCard } from '../src/cards/error.ts'
import { grumbleCard, grumbleListCard } from '../src/cards/grumble.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import { MAX_VOICE_CHARS } from '../src/model/feedback.ts'
import { notifyAdmins } from '../src/push/notify-admins.ts'
import { addGrumble, grumblesSince, openGrumbles } from '../src/store/grumbles.ts'

const Args = z.object({ words: z.string().max(MAX_VOICE_CHARS).default('') })

const PER_DAY = 5
const SHOWN = 6

/**
 * 吐槽 内容: what grieves a user of the bot goes to the administrators without a name (A109, K10): leads see nothing of it, and
 * who said it is kept only so that the answer finds its way back. Without words an administrator sees what waits.
 */
export const grumble = defineCommand({
  name: 'grumble',
  aliases: ['吐槽'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call: Call<z.infer<typeof Args>>): Promise<Reply> {
    const { actor, text, today, inboundKey } = call
    const said = call.args.words.trim()
    if (said === '')
      return allowed(actor, 'admin')
        ? waiting(ctx, call)
        : { cards: [lineCard(text.voices.grumble.empty, text)] }
    const since = calendarFor(ctx.settings).instant(today)
    if ((await grumblesSince(ctx, actor.id, since)) >= PER_DAY) {
      throw new AppError('conflict', 'too many grumbles today', { say: text.voices.grumble.tooMany(PER_DAY) })
    }
    const id = await addGrumble(ctx, { memberId: actor.id, text: said, inboundKey })
    await notifyAdmins(ctx, `grumble:${id}`, grumbleCard({ id, text: said }, text))
    return { cards: [lineCard(text.voices.grumble.saved, text)] }
  },
})

async function waiting(ctx: Ctx, { text }: Pick<Call<unknown>, 'text'>): Promise<Reply> {
  const { count, oldest } = await openGrumbles(ctx, SHOWN)
  const { dayOf } = calendarFor(ctx.settings)
  return {
    cards: [grumbleListCard({ count, oldest: oldest.map((one) => ({ ...one, day: dayOf(one.at) })) }, text)],
  }
}
