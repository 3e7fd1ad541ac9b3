import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import { bulkInsert } from '../db/bulk.ts'
import type { Schema } from '../db/schema.ts'
import type { ContactBehaviour } from '../model/address-book.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** What a member did in WeChat within some days. Null: WeCom gave no number on any of them. */
export interface MemberBehaviour {
  readonly name: string
  readonly chats: number | null
  /** Percent, days weighted by their chats. */
  readonly replyPercent: number | null
  /** Minutes until the first answer, days weighted by their chats. */
  readonly replyMinutes: number | null
  /** Chats of the days that told the two. */
  readonly answeredChats: number
  /** Customers who deleted or blocked the member. */
  readonly negative: number | null
}

/** Keeps the days of one member; a day that WeCom counts anew is replaced. */
export async function saveBehaviour(
  ctx: Ctx,
  person: string,
  days: readonly (ContactBehaviour & { readonly day: Day })[],
): Promise<void> {
  const unique = [...new Map(days.map((one) => [one.day, one])).values()]
  const columns = {
    person: unique.map(() => person),
    day: unique.map((one) => one.day),
    chats: unique.map((one) => one.chats),
    messages: unique.map((one) => one.messages),
    reply_percent: unique.map((one) => one.replyPercent),
    reply_minutes: unique.map((one) => one.replyMinutes),
    negative: unique.map((one) => one.negative),
  }
  const told = Object.keys(columns).filter((name) => name !== 'person' && name !== 'day')
  const changes = told.map((name) => `${name} = excluded.${name}`).join(', ')
  const tail = `on conflict (person, day) do update set ${changes}`
  await bulkInsert(ctx.db, 'wecom_behaviour', columns, unique.length, tail)
}

/** The last day that is kept of a member, or null. */
export async function lastBehaviourDay(ctx: Ctx, person: string): Promise<Day | null> {
  const row = await ctx.db
    .selectFrom('wecom_behaviour')
    .select((eb) => eb.fn.max('day').as('day'))
    .where('person', '=', person)
    .executeTakeFirst()
  return row?.day == null ? null : Number(row.day)
}

/** Active members of the scope with anything counted from `from` to `to`, both included, by name. */
export async function memberBehaviour(
  ctx: Ctx,
  scope: Scope,
  { from, to }: { from: Day; to: Day },
): Promise<MemberBehaviour[]> {
  const weighted = (value: string) =>
    sql<number | null>`sum(case when ${sql.ref(value)} is not null then ${sql.ref(value)} * b.chats end)`
  const rows = await ctx.db
    .selectFrom('wecom_behaviour as b')
    .innerJoin('identities', (join) =>
      join.onRef('identities.person', '=', 'b.person').on('identities.platform', '=', 'wecom'),
    )
    .innerJoin('members', 'members.id', 'identities.member_id')
    .select(['members.id', 'members.name'])
    .select((eb) => [
      eb.fn.sum('b.chats').as('chats'),
      eb.fn.sum('b.negative').as('negative'),
      weighted('b.reply_percent').as('percent'),
      weighted('b.reply_minutes').as('minutes'),
      sql<number | null>`sum(case when b.reply_percent is not null then b.chats end)`.as('percentChats'),
      sql<number | null>`sum(case when b.reply_minutes is not null then b.chats end)`.as('minutesChats'),
    ])
    .where('b.day', '>=', from)
    .where('b.day', '<=', to)
    .where('members.active', '=', 1)
    .where(membersIn(scope))
    .groupBy(['members.id', 'members.name'])
    .orderBy('members.name')
    .orderBy('members.id')
    .execute()
  return rows.map((row) => ({
    name: row.name,
    chats: numberOf(row.chats),
    replyPercent: share(row.percent, row.percentChats),
    replyMinutes: share(row.minutes, row.minutesChats),
    answeredChats: Number(row.percentChats ?? 0),
    negative: numberOf(row.negative),
  }))
}

/** A customer whom a member removed. */
export interface DroppedContact {
  readonly customerName: string
  readonly note: string
  readonly day: Day
}

/** Customers of the scope whom one of us removed from `from` on, newest first. */
export async function droppedContacts(ctx: Ctx, scope: Scope, from: Day): Promise<DroppedContact[]> {
  const rows = await ctx.db
    .selectFrom('events')
    .innerJoin('customers', 'customers.id', 'events.customer_id')
    .select(['customers.name as customerName', 'events.note', 'events.day'])
    .where('events.kind', '=', 'contact-dropped')
    .where('events.day', '>=', from)
    .where(customersIn(scope))
    .orderBy('events.day', 'desc')
    .orderBy('events.id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({
    customerName: row.customerName,
    note: row.note ?? '',
    day: Number(row.day),
  }))
}

const MOST = 200

function membersIn(scope: Scope): Expression<SqlBool> {
  const eb = expressionBuilder<Schema, 'members'>()
  switch (scope.kind) {
    case 'all':
      return sql<SqlBool>`1 = 1`
    case 'none':
      return sql<SqlBool>`1 = 0`
    case 'own':
      return eb('members.id', '=', scope.memberId)
    case 'team':
      return eb('members.team_id', '=', scope.teamId)
  }
}

function numberOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}

function share(sum: unknown, weight: unknown): number | null {
  const by = numberOf(weight)
  return by === null || by === 0 ? null : Number(sum) / by
}
