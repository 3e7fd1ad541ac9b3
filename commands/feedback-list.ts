import { z } from 'zod'
import { maskName } from '../src/access.ts'
import { calendarFor } from '../src/calendar.ts'
import {
  type FeedbackList,
  type FeedbackMove,
  feedbackGroupCard,
  feedbackListCard,
  feedbackMovedCard,
} from '../src/cards/feedback.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { needGroupTeam } from '../src/chat/group-scope.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import { FEEDBACK_STATES, type FeedbackState } from '../src/model/feedback.ts'
import { addAudit } from '../src/store/audit.ts'
import { feedbackById, feedbackCounts, moveFeedback, openFeedback } from '../src/store/feedback.ts'
import { tellMember } from '../src/store/tell-member.ts'

const Args = z.object({
  words: z.literal('').optional(),
  /** The button: which one, as it stood on the card, and what to make of it. */
  feedback: z.number().int().optional(),
  from: z.enum(FEEDBACK_STATES).optional(),
  to: z.enum(['doing', 'live', 'declined']).optional(),
})
type ListCall = Call<z.infer<typeof Args>>

/** Two lines each: a card holds five. */
const SHOWN = 5

/** 反馈列表: what customers wish for, and what becomes of it; whoever told it hears of every change (A82). */
export const feedbackList = defineCommand({
  name: 'feedback-list',
  aliases: ['反馈列表', '反馈清单'],
  where: 'both',
  role: 'lead',
  writes: true,
  args: Args,
  fromText: (rest) => ({ words: rest }),
  async run(ctx, call: ListCall): Promise<Reply> {
    needGroupTeam(call)
    const { args, where, text } = call
    if (where.kind === 'group') return { cards: [feedbackGroupCard(masked(await listOf(ctx, call)), text)] }
    const { feedback: id, from, to } = args
    if (id === undefined || from === undefined || to === undefined) {
      return { cards: [feedbackListCard(await listOf(ctx, call), text)] }
    }
    const said = await move(ctx, call, { id, from, to })
    return { cards: [], update: feedbackListCard({ ...(await listOf(ctx, call)), said }, text) }
  },
})

async function listOf(ctx: Ctx, { scope }: ListCall): Promise<FeedbackList> {
  const { dayOf } = calendarFor(ctx.settings)
  const open = await openFeedback(ctx, scope, SHOWN)
  return {
    open: open.map((one) => ({ ...one, day: dayOf(one.at) })),
    counts: await feedbackCounts(ctx, scope),
  }
}

function masked(list: FeedbackList): FeedbackList {
  return { ...list, open: list.open.map((one) => ({ ...one, customerName: maskName(one.customerName) })) }
}

/** What came of a button, as one line. A card drawn for another state changes nothing. */
async function move(
  ctx: Ctx,
  { actor, scope, text, inboundKey }: ListCall,
  { id, from, to }: { id: number; from: FeedbackState; to: FeedbackMove },
): Promise<string> {
  const words = text.voices.feedback
  const known = await feedbackById(ctx, scope, id)
  if (!known) throw new AppError('not-found', 'no such feedback in scope', { say: words.gone })
  if (!(await moveFeedback(ctx, id, { from, to, by: actor.id }))) return words.late
  await addAudit(ctx, {
    memberId: actor.id,
    action: 'feedback',
    subject: `feedback:${id}`,
    detail: { from, to },
  })
  const card = feedbackMovedCard({ ...known, state: to }, text)
  await tellMember(ctx, known.memberId, { id: `feedback:${inboundKey}`, card })
  return words.done(known.customerName, words.states[to])
}
