import { z } from 'zod'
import { calendarFor } from '../src/calendar.ts'
import { CHANGEABLE, changeMenuCard } from '../src/cards/change-follow-up.ts'
import { refreshedDigest } from '../src/chat/case-reply.ts'
import { changeChoices, correctionOf } from '../src/chat/change-choices.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { followUpEcho } from '../src/chat/follow-up-reply.ts'
import { spellings } from '../src/chat/names.ts'
import { checkDate } from '../src/chat/next-day.ts'
import { readCorrection } from '../src/chat/read-correction.ts'
import type { Ctx } from '../src/context.ts'
import { AppError, asAppError } from '../src/errors.ts'
import type { Customer } from '../src/model/customer.ts'
import { type Correction, correctFollowUp, moveFollowUp } from '../src/retention/correct-follow-up.ts'
import type { FollowUpWritten } from '../src/retention/log-follow-up.ts'
import { understand } from '../src/retention/understand.ts'
import { assistanceOf } from '../src/retention/undo.ts'
import { addAudit } from '../src/store/audit.ts'
import { openCaseOf } from '../src/store/cases.ts'
import { customerById, customersNamed } from '../src/store/customers.ts'
import { type FollowUp, newestFollowUp, ownFollowUp } from '../src/store/follow-ups.ts'

const Args = z.object({
  /** The log on whose card the button stands; without it the own newest one is meant. */
  followUp: z.number().int().optional(),
  /** `ok` confirms, `back` shows the log again. */
  field: z.enum([...CHANGEABLE, 'ok', 'back']).optional(),
  /** Of the choices. */
  page: z.number().int().min(0).default(0),
  value: z.union([z.string().max(40), z.number().int()]).optional(),
  words: z.string().max(500).optional(),
})
type Args = z.infer<typeof Args>

interface Amended {
  readonly row: FollowUp
  readonly customer: Customer
}

/** 改: what was understood of a log is put right, by buttons or in words; every change can be taken back. */
export const amend = defineCommand({
  name: 'amend',
  aliases: ['改', '更正', '改成', 'fix'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call: Call<Args>): Promise<Reply> {
    const { field, page, value, words } = call.args
    const amended = await logInQuestion(ctx, call)
    if (words !== undefined)
      return { cards: [await inWords(ctx, call, amended, words)], ...(await after(ctx, call)) }
    if (field === 'ok') return confirmed(ctx, call, amended)
    if (field === 'back') return { cards: [], update: await echo(ctx, call, amended) }
    const { row, customer } = amended
    if (field === undefined)
      return {
        cards: [],
        update: changeMenuCard({ followUp: row.id, name: customer.name, understood: true }, call.text),
      }
    if (value === undefined)
      return { cards: [], update: await changeChoices(ctx, call, { ...amended, field, page }) }
    const correction = correctionOf(ctx, call, field, value)
    const update =
      correction === null
        ? await moved(ctx, call, row, Number(value))
        : await corrected(ctx, call, amended, correction)
    return { cards: [], update, ...(await after(ctx, call)) }
  },
})

/** @throws AppError `conflict` when there is none any more. */
async function logInQuestion(ctx: Ctx, { actor, args, scope, text }: Call<Args>): Promise<Amended> {
  const { undoMinutes } = ctx.settings.chat
  const row =
    args.followUp === undefined
      ? await newestFollowUp(ctx, actor.id, ctx.clock.now() - undoMinutes * 60_000)
      : await ownFollowUp(ctx, args.followUp, actor.id)
  const customer = row && (await customerById(ctx, scope, row.customerId))
  if (row && customer) return { row, customer }
  const { nothing, gone } = text.followUp.change
  const say = (args.followUp === undefined ? nothing : gone)(undoMinutes)
  throw new AppError('conflict', 'there is no such follow-up to change', { say })
}

async function inWords(ctx: Ctx, call: Call<Args>, amended: Amended, words: string) {
  const { row, customer } = amended
  const [other, ...more] = await customersNamed(
    ctx,
    call.scope,
    spellings(words.replace(/^客户[\s:：]*/, '')),
  )
  if (other && more.length === 0) return moved(ctx, call, row, other.id)
  const now = { today: call.today, calendar: calendarFor(ctx.settings) }
  const said = understand(words, now, ctx.settings.chat.maxNextDays)
  checkDate(ctx, call.text, said)
  const correction = words === '' ? null : readCorrection(words, said, call.text)
  if (correction) return corrected(ctx, call, amended, correction)
  return changeMenuCard({ followUp: row.id, name: customer.name, understood: words === '' }, call.text)
}

async function corrected(ctx: Ctx, call: Call<Args>, { row, customer }: Amended, correction: Correction) {
  const written = await correctFollowUp(ctx, { actor: call.actor, followUpId: row.id, correction })
  if (!written) throw gone(ctx, call)
  return followUpEcho(ctx, call, { ...written, customer })
}

async function moved(ctx: Ctx, call: Call<Args>, row: FollowUp, customerId: number) {
  const { actor, inboundKey, scope, text, today: day } = call
  const customer = await customerById(ctx, scope, customerId)
  if (!customer)
    throw new AppError('not-found', 'no such customer in scope', { say: text.chat.noSuchCustomer(null) })
  const move = { actor, followUpId: row.id, customerId, day, inboundKey }
  const written: FollowUpWritten | null = await moveFollowUp(ctx, move).catch((error) => {
    const known = asAppError(error)
    if (known.code !== 'conflict') throw error
    throw new AppError('conflict', known.message, { cause: error, say: text.followUp.change.blocked })
  })
  if (!written) throw gone(ctx, call)
  return followUpEcho(ctx, call, { ...written, customer })
}

async function confirmed(ctx: Ctx, call: Call<Args>, amended: Amended): Promise<Reply> {
  const { row } = amended
  const subject = `customer:${row.customerId}`
  await addAudit(ctx, { memberId: call.actor.id, action: 'confirm', subject, detail: { followUp: row.id } })
  return { cards: [], update: await echo(ctx, call, amended, true) }
}

async function echo(ctx: Ctx, call: Call<Args>, { row, customer }: Amended, confirmed = false) {
  const open = await openCaseOf(ctx, row.customerId)
  const assisted = !confirmed && (await assistanceOf(ctx, call.actor, row)) !== null
  return followUpEcho(ctx, call, { id: row.id, content: row, case: open, customer, confirmed, assisted })
}

async function after(ctx: Ctx, call: Call<Args>): Promise<Pick<Reply, 'refresh'>> {
  return { refresh: await refreshedDigest(ctx, call, call.today) }
}

function gone(ctx: Ctx, { text }: Call<Args>): AppError {
  const say = text.followUp.change.gone(ctx.settings.chat.undoMinutes)
  return new AppError('conflict', 'the follow-up cannot be changed any more', { say })
}
