import { z } from 'zod'
import { scopeOf } from '../access.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Case } from '../model/case.ts'
import type { Customer } from '../model/customer.ts'
import type { Colleague, Duty } from '../model/duty.ts'
import type { Member } from '../model/member.ts'
import { addAudit, addUndo, type Undoable } from '../store/audit.ts'
import { keepOwned } from '../store/case-upkeep.ts'
import { openCaseOf } from '../store/cases.ts'
import { customerById } from '../store/customers.ts'
import { dutyOn } from '../store/duty.ts'
import { addHandOver, giveCase, giveCustomer, settleHandOver, undoTransfers } from '../store/transfers.ts'
import { textFor } from '../text/index.ts'

/** The open case until it closes, or the customer with its case for good. */
export type PassedThing = 'case' | 'customer'

export interface PassOn {
  readonly actor: Member
  readonly customerId: number
  readonly toId: number
  readonly what: PassedThing
  readonly reason: string | null
}

export interface PassedOn {
  readonly customer: Customer
  readonly case: Case | null
  readonly to: Colleague
  /** Who had it; null for a customer without an owner. */
  readonly from: Colleague | null
  /** False: it was there already. */
  readonly changed: boolean
}

/** The audit action that 撤销 takes back here. */
export const TRANSFER_ACTIONS: readonly string[] = ['transfer']

const TransferDetail = z.object({ handOver: z.number() })

/**
 * 转交. `case`: the open case goes to a colleague until it closes, the customer stays; `customer`: both go, and stay
 * whatever the source says, until the source names somebody new. Reps give within their team and only own customers.
 * @throws AppError `not-found` out of scope, `not-allowed`, `conflict` when the colleague is away or the case is closed
 */
export function passOn(ctx: Ctx, given: PassOn): Promise<PassedOn> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, what, reason } = given
    const words = textFor(ctx.settings.locale).handOver.transfer
    const { customer, one } = await mustFind(ctx, given)
    const duty = await dutyOn(ctx)
    const to = receivers(actor, duty).find(({ id }) => id === given.toId)
    if (!to) throw new AppError('not-allowed', 'not a colleague to give to', { say: words.otherTeam })
    if (!duty.isThere(to.id)) throw new AppError('conflict', 'away', { say: words.away(to.name) })
    const fromId = what === 'case' && one ? one.ownerId : customer.ownerId
    const from = fromId === null ? null : (duty.colleagues.get(fromId) ?? null)
    if (fromId === to.id) return { customer, case: one, to, from, changed: false }
    const handOver = await addHandOver(ctx, { kind: what, memberId: fromId, byId: actor.id, reason })
    const moved = { handOverId: handOver, toId: to.id, byId: actor.id }
    const done =
      what === 'case' && one ? await giveCase(ctx, one, moved) : await giveCustomer(ctx, customer, moved)
    if (!done) throw new AppError('conflict', 'somebody was faster', { say: words.changed })
    const subject = `customer:${customer.id}`
    await addAudit(ctx, { memberId: actor.id, action: 'transfer', subject, detail: { handOver } })
    return { customer, case: await openCaseOf(ctx, customer.id), to, from, changed: true }
  })
}

async function mustFind(
  ctx: Ctx,
  { actor, customerId, what }: PassOn,
): Promise<{ customer: Customer; one: Case | null }> {
  const words = textFor(ctx.settings.locale).handOver.transfer
  const customer = await customerById(ctx, scopeOf(actor), customerId)
  if (!customer) throw new AppError('not-found', 'no such customer in the scope of the actor')
  const one = await openCaseOf(ctx, customerId)
  if (what === 'case' && !one) throw new AppError('conflict', 'no open case', { say: words.noCase })
  if (!thingsToPass(actor, customer, one).includes(what)) {
    throw new AppError('not-allowed', 'not the own customer', { say: words.notYours })
  }
  return { customer, one }
}

/** What an actor may pass on of a customer in scope. */
export function thingsToPass(
  actor: Pick<Member, 'id' | 'role'>,
  customer: Pick<Customer, 'ownerId'>,
  one: Case | null,
): PassedThing[] {
  const own = actor.role !== 'rep' || customer.ownerId === actor.id
  return [...(one ? (['case'] as const) : []), ...(own ? (['customer'] as const) : [])]
}

/** To whom an actor may give: the own team for a rep, everybody who sells for leads and administrators. */
export function receivers(actor: Pick<Member, 'role' | 'teamId'>, duty: Duty): Colleague[] {
  return [...duty.colleagues.values()].filter(({ active, role, teamId }) => {
    if (!active || role === 'admin') return false
    return actor.role !== 'rep' || (teamId !== null && teamId === actor.teamId)
  })
}

/**
 * Takes a transfer or a hand-over back, where things still stand so. Returns the customers that went back and from
 * whom; none when everything changed since.
 * @param undone an audit row of `TRANSFER_ACTIONS`
 */
export function undoTransfer(
  ctx: Ctx,
  memberId: number,
  undone: Undoable,
): Promise<{ customerId: number; toId: number }[]> {
  return inTransaction(ctx, async (ctx) => {
    const { handOver } = TransferDetail.parse(undone.detail)
    const back = await undoTransfers(ctx, { handOverId: handOver, byId: memberId })
    if (back.length === 0) return []
    await settleHandOver(ctx, handOver, { from: 'done', to: 'undone' })
    await keepOwned(ctx, await dutyOn(ctx))
    await addUndo(ctx, memberId, undone)
    return back
  })
}
