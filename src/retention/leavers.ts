import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Colleague, Duty } from '../model/duty.ts'
import type { HandOver, Workload } from '../model/hand-over.ts'
import type { Member } from '../model/member.ts'
import { addAudit } from '../store/audit.ts'
import { followOwners, keepOwned } from '../store/case-upkeep.ts'
import { dutyOn } from '../store/duty.ts'
import {
  customersOf,
  leaversWithCustomers,
  type OpenMatter,
  openMatters,
  reachableMembers,
} from '../store/leavers.ts'
import { type Loads, loadsNow } from '../store/loads.ts'
import {
  addHandOver,
  askAnother,
  askedHandOvers,
  askHandOver,
  giveCustomer,
  settleHandOver,
} from '../store/transfers.ts'
import { workloadOf } from '../store/while-away.ts'
import { textFor } from '../text/index.ts'
import { receivers } from './pass-on.ts'
import { spread } from './spread.ts'

/** So many questions wait with one person; the next comes when one is answered. */
const ASKED_AT_ONCE = 3

/** A question about a leaver's customers that somebody is to be told of. */
export interface Asked {
  readonly handOverId: number
  readonly leaver: Colleague
  readonly askedId: number
}

/**
 * Asks the lead (else an administrator) about everybody who left and still owns customers; drops questions that
 * settled themselves, and asks another when the asked one left too. Call it in the transaction that writes the cards.
 */
export async function askAboutLeavers(ctx: Ctx): Promise<Asked[]> {
  const duty = await dutyOn(ctx)
  const leavers = await leaversWithCustomers(ctx)
  const waiting: HandOver[] = []
  const asked: Asked[] = []
  for (const one of await askedHandOvers(ctx)) {
    if (one.memberId === null || !leavers.includes(one.memberId)) {
      await settleHandOver(ctx, one.id, { from: 'asked', to: 'dropped' })
      continue
    }
    const keeper = duty.keeperOf(one.memberId)
    const leaver = duty.colleagues.get(one.memberId)
    if (keeper && leaver && !duty.colleagues.get(one.askedId ?? 0)?.active) {
      await askAnother(ctx, one.id, keeper.id)
      asked.push({ handOverId: one.id, leaver, askedId: keeper.id })
      waiting.push({ ...one, askedId: keeper.id })
    } else waiting.push(one)
  }
  for (const memberId of leavers) {
    const leaver = duty.colleagues.get(memberId)
    const keeper = duty.keeperOf(memberId)
    if (!leaver || !keeper || waiting.some((one) => one.memberId === memberId)) continue
    if (waiting.filter((one) => one.askedId === keeper.id).length >= ASKED_AT_ONCE) continue
    const handOverId = await askHandOver(ctx, { memberId, askedId: keeper.id })
    if (handOverId === null) continue
    asked.push({ handOverId, leaver, askedId: keeper.id })
    waiting.push({ id: handOverId, kind: 'leaver', state: 'asked', memberId, askedId: keeper.id })
  }
  return asked
}

/** Who decides about a leaver's customers: the leads of the team, administrators, and whoever was asked. */
export async function mayDecide(ctx: Ctx, actor: Member, leaver: Colleague): Promise<boolean> {
  if (!actor.active || actor.role === 'rep') return false
  if (actor.role === 'admin' || (actor.teamId !== null && actor.teamId === leaver.teamId)) return true
  const asked = await askedHandOvers(ctx)
  return asked.some((one) => one.memberId === leaver.id && one.askedId === actor.id)
}

/** Those who can take over from a leaver, the least loaded first: the leaver's team at work. */
export function takersFor(
  leaver: Colleague,
  duty: Duty,
  loads: Loads,
): { id: number; name: string; load: number }[] {
  return [...duty.colleagues.values()]
    .filter(({ id, role, teamId }) => role === 'rep' && teamId === leaver.teamId && duty.isThere(id))
    .map(({ id, name }) => ({ id, name, load: loadOf(loads, id) }))
    .sort((a, b) => a.load - b.load || a.id - b.id)
}

/** What somebody who left leaves behind, and who could take it. */
export async function leaverFacts(ctx: Ctx, leaver: Colleague) {
  const takers = takersFor(leaver, await dutyOn(ctx), await loadsNow(ctx))
  const matters = await openMatters(ctx, leaver.id)
  const { customers, promises } = await workloadOf(ctx, leaver.id)
  const load: Workload = { customers, cases: matters.filter((one) => one.open).length, promises }
  return { id: leaver.id, name: leaver.name, load, matters, takers }
}

/** What one person got, for one card. */
export interface TakenOver {
  readonly to: Colleague
  readonly customers: number
  readonly matters: readonly OpenMatter[]
}

/**
 * Gives all customers of somebody who left, with their open cases and promises, to one person (`toId`) or spread over
 * the team by region and load (null). Once: who comes second hears that it is decided.
 * @throws AppError `not-allowed`, `conflict` (decided already, nobody there, the chosen one away)
 */
export function handOverLeaver(
  ctx: Ctx,
  given: { readonly actor: Member; readonly leaverId: number; readonly toId: number | null },
): Promise<TakenOver[]> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, leaverId, toId } = given
    const words = textFor(ctx.settings.locale).handOver
    const duty = await dutyOn(ctx)
    const leaver = duty.colleagues.get(leaverId)
    if (!leaver || !(await mayDecide(ctx, actor, leaver))) {
      throw new AppError('not-allowed', 'not the lead of the leaver', { say: words.leaver.notYours })
    }
    if (leaver.active) throw new AppError('conflict', 'still here', { say: words.leaver.active(leaver.name) })
    const customers = await customersOf(ctx, leaverId)
    if (customers.length === 0) throw new AppError('conflict', 'decided', { say: words.leaver.decided })
    const plan = await planOf(ctx, { actor, leaver, toId, duty, customers })
    const matters = await openMatters(ctx, leaverId)
    const handOverId = await decided(ctx, actor, leaverId)
    for (const customer of customers) {
      const to = plan.get(customer.id)
      if (to !== undefined) await giveCustomer(ctx, customer, { handOverId, toId: to, byId: actor.id })
    }
    await followOwners(ctx)
    await keepOwned(ctx, duty)
    const detail = { handOver: handOverId }
    await addAudit(ctx, { memberId: actor.id, action: 'transfer', subject: `member:${leaverId}`, detail })
    return [...new Set(plan.values())].flatMap((id) => {
      const to = duty.colleagues.get(id)
      const mine = matters.filter(({ customerId }) => plan.get(customerId) === id)
      const count = [...plan.values()].filter((one) => one === id).length
      return to ? [{ to, customers: count, matters: mine }] : []
    })
  })
}

async function planOf(
  ctx: Ctx,
  given: {
    readonly actor: Member
    readonly leaver: Colleague
    readonly toId: number | null
    readonly duty: Duty
    readonly customers: Awaited<ReturnType<typeof customersOf>>
  },
): Promise<Map<number, number>> {
  const { actor, leaver, toId, duty, customers } = given
  const words = textFor(ctx.settings.locale).handOver
  if (toId !== null) {
    const to = receivers(actor, duty).find(({ id }) => id === toId)
    if (!to) throw new AppError('not-allowed', 'no receiver', { say: words.transfer.otherTeam })
    if (!duty.isThere(to.id)) throw new AppError('conflict', 'away', { say: words.transfer.away(to.name) })
    return new Map(customers.map(({ id }) => [id, toId]))
  }
  const reachable = await reachableMembers(ctx)
  const takers = takersFor(leaver, duty, await loadsNow(ctx))
    .filter(({ id }) => reachable.has(id))
    .map(({ id, load }) => ({ id, load, region: duty.colleagues.get(id)?.region ?? null }))
  if (takers.length === 0) throw new AppError('conflict', 'nobody', { say: words.transfer.nobody })
  return spread(customers, takers)
}

/** The question is answered; a decision nobody asked for is a hand-over of its own. */
async function decided(ctx: Ctx, actor: Member, leaverId: number): Promise<number> {
  const asked = (await askedHandOvers(ctx)).find((one) => one.memberId === leaverId)
  if (asked && (await settleHandOver(ctx, asked.id, { from: 'asked', to: 'done', byId: actor.id })))
    return asked.id
  return addHandOver(ctx, { kind: 'leaver', memberId: leaverId, byId: actor.id })
}

export function loadOf(loads: Loads, id: number): number {
  const { customers = 0, cases = 0 } = loads.get(id) ?? {}
  return customers + cases
}
