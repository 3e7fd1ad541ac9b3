import { calendarFor } from '../../src/calendar.ts'
import { cardLines } from '../../src/cards/fit-card.ts'
import type { Ctx } from '../../src/context.ts'
import type { Card } from '../../src/model/card.ts'
import type { Chat, InboundEvent } from '../../src/model/chat.ts'
import type { Day } from '../../src/model/day.ts'
import type { Evidence } from '../../src/model/score.ts'
import { rememberChat } from '../../src/store/chats.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { acceptEvent, handleWaiting } from './handle-events.ts'

/** Tests in which the test is a user: when I say X, expect Y. Several people talk in one story. */

const PLATFORM = 'playground'
let eventNumber = 0

export interface Said {
  readonly cards: readonly Card[]
  /** Every line of every new card. */
  readonly text: string
  /** Cards that were changed in place. */
  readonly updates: readonly Card[]
}

export interface Speaker {
  says(text: string): Promise<Said>
  /** Presses the first button with that label on the newest card that has one. */
  presses(label: string, on?: Card): Promise<Said>
  /** Says it as a reply to the newest card, which the platform took as this message. */
  replies(text: string): Promise<Said>
  saysIn(group: string, text: string): Promise<Said>
  readonly person: string
}

/** Somebody who talks to the bot in a direct chat. */
export function speaker(ctx: Ctx, person: string): Speaker {
  let last: readonly Card[] = []
  const dm: Chat = { kind: 'dm', id: person }
  const remember = (said: Said): Said => {
    last = [...said.cards, ...said.updates, ...last].slice(0, 20)
    return said
  }
  return {
    person,
    says: async (text) => remember(await send(ctx, { ...base(person, dm), kind: 'text', text })),
    async replies(text) {
      const replyTo = await delivered(ctx, person)
      return remember(await send(ctx, { ...base(person, dm), kind: 'text', text, replyTo }))
    },
    saysIn: (group, text) => send(ctx, { ...base(person, { kind: 'group', id: group }), kind: 'text', text }),
    async presses(label, on) {
      const cards = on ? [on] : last
      const actions = cards.flatMap((card) => [
        ...(card.actions ?? []),
        ...(card.items ?? []).flatMap((item) => item.actions ?? []),
      ])
      const found = actions.find((action) => action.label.includes(label))
      if (!found) throw new Error(`no button ${label} among ${actions.map((one) => one.label).join(' ')}`)
      const { action, payload } = found
      return remember(
        await send(ctx, { ...base(person, dm), kind: 'action', action, payload, update: { message: 1 } }),
      )
    },
  }
}

/** The newest card to a person gets a receipt, as the dispatcher writes it; gives its id on the platform. */
async function delivered(ctx: Ctx, person: string): Promise<string> {
  const { id } = await ctx.db
    .selectFrom('outbox')
    .select('id')
    .where('address', '=', `dm:${person}`)
    .where('kind', '=', 'send')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const receipt = JSON.stringify({ messageId: id, update: null, notShown: [] })
  await ctx.db.updateTable('outbox').set({ state: 'sent', receipt }).where('id', '=', id).execute()
  return id
}

function base(person: string, where: Chat) {
  eventNumber++
  return { id: `event-${eventNumber}`, at: 0, who: { platform: PLATFORM, id: person, name: null }, where }
}

/** Accepts an event, handles everything that waits, and returns what came out for it. */
export async function send(ctx: Ctx, event: InboundEvent): Promise<Said> {
  await acceptEvent(ctx, event)
  await handleWaiting(ctx)
  return outFor(ctx, event.id)
}

/** What was put into the outbox for an event. */
export async function outFor(ctx: Ctx, eventId: string): Promise<Said> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select(['id', 'kind', 'card_json'])
    .where('id', 'like', `%:${PLATFORM}:${eventId}%`)
    .orderBy('seq')
    .execute()
  const mine = rows.filter(({ id }) => id.split(':')[2] === eventId)
  const cards = mine.filter(({ kind }) => kind === 'send').map((row): Card => JSON.parse(row.card_json))
  const updates = mine.filter(({ kind }) => kind !== 'send').map((row): Card => JSON.parse(row.card_json))
  return { cards, updates, text: [...cards, ...updates].flatMap(cardLines).join('\n') }
}

export interface Company {
  readonly teams: Readonly<Record<'east' | 'south', number>>
  readonly members: Readonly<Record<'wang' | 'li' | 'zhao' | 'lead' | 'admin', number>>
}

/** Two teams, three reps, a lead and an administrator, all bound; group `east` shows team 华东. */
export async function seedCompany(ctx: Ctx): Promise<Company> {
  const east = await team(ctx, '华东')
  const south = await team(ctx, '华南')
  const members = {
    wang: await member(ctx, 'wang', '王芳', 'rep', east),
    li: await member(ctx, 'li', '李强', 'rep', east),
    zhao: await member(ctx, 'zhao', '赵敏', 'rep', south),
    lead: await member(ctx, 'lead', '陈总', 'lead', east),
    admin: await member(ctx, 'admin', '管理员', 'admin', null),
  }
  await rememberChat(ctx, { platform: PLATFORM, chat: 'east', title: '华东销售群', teamId: east })
  return { teams: { east, south }, members }
}

async function team(ctx: Ctx, name: string): Promise<number> {
  const row = await ctx.db
    .insertInto('teams')
    .values({ name, region: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

async function member(
  ctx: Ctx,
  key: string,
  name: string,
  role: 'rep' | 'lead' | 'admin',
  teamId: number | null,
): Promise<number> {
  const row = await ctx.db
    .insertInto('members')
    .values({ source: 'test', source_key: key, name, role, team_id: teamId, region: null, active: 1 })
    .returning('id')
    .executeTakeFirstOrThrow()
  await bindIdentity(ctx, { platform: PLATFORM, person: key, memberId: Number(row.id) })
  return Number(row.id)
}

export async function customer(
  ctx: Ctx,
  given: { name: string; owner: number | null; shortName?: string; region?: string },
): Promise<number> {
  const row = await ctx.db
    .insertInto('customers')
    .values({
      source: 'test',
      source_key: `key-${given.name}`,
      name: given.name,
      short_name: given.shortName ?? null,
      owner_id: given.owner,
      segment: 'default',
      region: given.region ?? null,
      industry: null,
      phone: null,
      since_on: null,
      renewal_on: null,
      tags: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

export async function event(
  ctx: Ctx,
  customerId: number,
  given: { kind: string; day: Day; amount?: number; text?: string },
): Promise<void> {
  await ctx.db
    .insertInto('events')
    .values({
      source: 'test',
      source_key: `e-${customerId}-${given.kind}-${given.day}-${given.amount ?? 0}`,
      customer_id: customerId,
      kind: given.kind,
      at: calendarFor(ctx.settings).instant(given.day, 600),
      day: given.day,
      amount: given.amount ?? null,
      quantity: null,
      channel: null,
      text: given.text ?? null,
      note: null,
    })
    .execute()
}

export function today(ctx: Ctx): Day {
  return calendarFor(ctx.settings).dayOf(ctx.clock.now())
}

/** An open case with evidence, as the digest opens it. */
export async function openCase(
  ctx: Ctx,
  given: { customer: number; owner: number; evidence?: readonly Evidence[] },
): Promise<number> {
  const row = await ctx.db
    .insertInto('cases')
    .values({
      customer_id: given.customer,
      owner_id: given.owner,
      lane: 'digest',
      state: 'open',
      causes: 'overdue',
      score_run_id: null,
      risk: 0.7,
      band: 'high',
      opened_at: ctx.clock.now(),
      opened_on: today(ctx),
      due_at: ctx.clock.now() + 86_400_000,
      closed_at: null,
      reason: null,
      snoozed_until: null,
      last_pushed_on: null,
      last_pushed_band: null,
      next_on: null,
      why_json: JSON.stringify(given.evidence ?? []),
      event_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

export async function contact(ctx: Ctx, given: { customer: number; name: string }): Promise<void> {
  await ctx.db
    .insertInto('contacts')
    .values({
      source: 'test',
      source_key: `c-${given.customer}-${given.name}`,
      customer_id: given.customer,
      name: given.name,
      role: 'buyer',
      phone: null,
      left_on: null,
    })
    .execute()
}
