import { z } from 'zod'
import { lineCard } from '../src/cards/error.ts'
import { goLiveCard } from '../src/cards/go-live.ts'
import { settingsCard } from '../src/cards/preview.ts'
import { undoCard } from '../src/cards/undo.ts'
import { askForLine } from '../src/chat/ask-for-line.ts'
import { refreshedDigest } from '../src/chat/case-reply.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { settingsNow } from '../src/chat/settings-now.ts'
import type { Ctx } from '../src/context.ts'
import { AppError, asAppError } from '../src/errors.ts'
import { LEAVE_ACTIONS, undoLeave } from '../src/retention/absence.ts'
import { CLEAN_UP_ACTIONS, undoCleanUp } from '../src/retention/clean-up.ts'
import { TRANSFER_ACTIONS, undoTransfer } from '../src/retention/pass-on.ts'
import { UNDOABLE, undoFollowUpWhole, undoLast } from '../src/retention/undo.ts'
import { SETTINGS_ACTIONS, undoSettings } from '../src/scoring/preview/decide-settings.ts'
import { DECISION_ACTIONS, undoDecision } from '../src/scoring/propose/decide.ts'
import { goLiveFacts } from '../src/scoring/propose/go-live-facts.ts'
import { lastUndoable, type Undoable } from '../src/store/audit.ts'
import { customerById } from '../src/store/customers.ts'
import { memberById } from '../src/store/members.ts'
import { tellMember } from '../src/store/tell-member.ts'
import type { Text } from '../src/text/index.ts'

/** Words that may follow 撤销 without making it another sentence. */
const PARTICLES = /^(?:一下|吧|上一?条|刚才的?|刚刚的?|这条|last)?$/

/** 撤销: takes back the own newest log, case action or decision of the last minutes; a trace stays (C44). */
export const undo = defineCommand({
  name: 'undo',
  aliases: ['撤销', '撤回', '撤消'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: z.object({
    words: z.string().regex(PARTICLES).optional(),
    /** The button on the card of this log takes it back with all its corrections. */
    followUp: z.number().int().optional(),
  }),
  fromText: wordsFromText,
  async run(ctx, call) {
    const { actor, scope, text } = call
    const words = text.commands.undo
    const { followUp } = call.args
    const decision = followUp === undefined ? await undoneDecision(ctx, call) : null
    if (decision) return decision
    const taken = followUp === undefined ? undoLast(ctx, actor) : undoFollowUpWhole(ctx, actor, followUp)
    const undone = await taken.catch((error) => {
      const known = asAppError(error)
      if (known.code !== 'conflict') throw error
      throw new AppError('conflict', known.message, { cause: error, say: words.blocked })
    })
    if (!undone) {
      throw new AppError('conflict', 'nothing to undo', { say: words.nothing(ctx.settings.chat.undoMinutes) })
    }
    const customer = await customerById(ctx, scope, undone.customerId)
    const card = undoCard({ ...undone, customerName: customer?.name ?? '' }, text)
    const shown = followUp === undefined ? { cards: [card] } : { cards: [], update: card }
    const reply = { ...shown, refresh: await refreshedDigest(ctx, call, call.today) }
    const { touch, customerId } = undone
    return touch === null ? reply : { ...reply, ask: askForLine(call, customerId, touch) }
  },
})

/** An administrator's decision about the scorer or the settings, where that is the newest thing to take back. */
async function undoneDecision(ctx: Ctx, call: Call<unknown>): Promise<Reply | null> {
  const { actor, text } = call
  const since = ctx.clock.now() - ctx.settings.chat.undoMinutes * 60_000
  const actions = [
    ...UNDOABLE,
    ...DECISION_ACTIONS,
    ...SETTINGS_ACTIONS,
    ...LEAVE_ACTIONS,
    ...TRANSFER_ACTIONS,
    ...CLEAN_UP_ACTIONS,
  ]
  const last = await lastUndoable(ctx, actor.id, actions, since)
  if (last && SETTINGS_ACTIONS.includes(last.action)) return undoneSettings(ctx, actor.id, last, text)
  if (last && LEAVE_ACTIONS.includes(last.action)) return undoneLeave(ctx, actor.id, last, text)
  if (last && TRANSFER_ACTIONS.includes(last.action)) return undoneTransfer(ctx, call, last)
  if (last && CLEAN_UP_ACTIONS.includes(last.action)) return undoneCleanUp(ctx, call, last)
  if (!last || !DECISION_ACTIONS.includes(last.action)) return null
  if (!(await undoDecision(ctx, actor.id, last)))
    throw new AppError('conflict', 'another decision was made since', { say: text.commands.undo.blocked })
  return { cards: [goLiveCard({ ...(await goLiveFacts(ctx)), said: text.model.said.undone }, text)] }
}

async function undoneCleanUp(ctx: Ctx, { actor, text }: Call<unknown>, last: Undoable): Promise<Reply> {
  const back = await undoCleanUp(ctx, actor, last)
  if (back === 0)
    throw new AppError('conflict', 'all of it changed since', { say: text.commands.undo.blocked })
  return { cards: [lineCard(text.sla.cleanUp.undone(back), text)] }
}

async function undoneLeave(ctx: Ctx, memberId: number, last: Undoable, text: Text): Promise<Reply> {
  const whose = await undoLeave(ctx, memberId, last)
  if (whose === null)
    throw new AppError('conflict', 'the leave changed since', { say: text.commands.undo.blocked })
  const member = await memberById(ctx, whose)
  return { cards: [lineCard(text.handOver.leave.undone(member?.name ?? ''), text)] }
}

async function undoneTransfer(
  ctx: Ctx,
  { actor, scope, text, inboundKey }: Call<unknown>,
  last: Undoable,
): Promise<Reply> {
  const back = await undoTransfer(ctx, actor.id, last)
  const [first] = back
  if (first === undefined)
    throw new AppError('conflict', 'all of it changed since', { say: text.commands.undo.blocked })
  const name = (await customerById(ctx, scope, first.customerId))?.name ?? ''
  for (const id of new Set(back.map(({ toId }) => toId))) {
    if (id === actor.id) continue
    const n = back.filter(({ toId }) => toId === id).length
    const card = lineCard(text.handOver.transfer.takenBack(actor.name, n, name), text)
    await tellMember(ctx, id, { id: `taken-back:${inboundKey}`, card })
  }
  return { cards: [lineCard(text.handOver.transfer.undone(back.length, name), text)] }
}

async function undoneSettings(ctx: Ctx, memberId: number, last: Undoable, text: Text): Promise<Reply> {
  if (!(await undoSettings(ctx, memberId, last)))
    throw new AppError('conflict', 'the settings changed since', { say: text.commands.undo.blocked })
  return { cards: [settingsCard({ ...(await settingsNow(ctx)), said: text.preview.chat.said.undone }, text)] }
}
