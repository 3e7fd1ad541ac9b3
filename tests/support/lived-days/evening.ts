import { calendarFor } from '../../../src/calendar.ts'
import { cardLines } from '../../../src/cards/fit-card.ts'
import { CARD_MAX_LINES } from '../../../src/model/card.ts'
import { isOpen } from '../../../src/model/case.ts'
import { PLAYGROUND } from '../../../src/model/playground.ts'
import { textFor } from '../../../src/text/index.ts'
import type { TestCtx } from '../test-ctx.ts'
import { buttonsOf, isPush, type Phones, type Shown } from './phones.ts'

type Arrived = Phones['arrived'][number]

/** What must hold of a day as people saw it: one sentence for each breach. The database's own view is `breaches`. */
export async function breachesOfDay(
  ctx: TestCtx,
  day: number,
  arrived: readonly Arrived[],
): Promise<string[]> {
  const calendar = calendarFor(ctx.settings)
  const pushes = arrived.filter(({ shown }) => isPush(shown))
  const today = pushes.filter(({ shown }) => calendar.dayOf(shown.at) === day)
  return [
    ...outsideWork(ctx, today),
    ...overBudget(ctx, today),
    ...faults(ctx, day, arrived),
    ...today
      .filter(({ shown }) => cardLines(shown.first).length > CARD_MAX_LINES)
      .map(({ shown }) => `${shown.key} is longer than a screen`),
    ...(await toNobodyThere(ctx, day, today)),
    ...(await neverEnding(ctx, day)),
  ]
}

function outsideWork(ctx: TestCtx, today: readonly Arrived[]): string[] {
  const { isWorkTime } = calendarFor(ctx.settings)
  return today
    .filter(({ shown }) => !isWorkTime(shown.at))
    .map(({ shown }) => `${shown.key} came outside work hours`)
}

/** Ranked customers of a digest, interrupting cards, one reminder of what is late; no case twice a day. */
function overBudget(ctx: TestCtx, today: readonly Arrived[]): string[] {
  const { perDay, urgentPerDay } = ctx.settings.push
  const found: string[] = []
  for (const [person, cards] of byPerson(today)) {
    const ranked = cards.filter(({ key }) => key.startsWith('digest:')).flatMap(casesOf)
    const urgent = cards.filter(({ key }) => key.startsWith('event:'))
    const reminders = cards.filter(({ key }) => key.startsWith('late:'))
    const pushed = [...ranked, ...urgent.flatMap(casesOf)]
    if (ranked.length > perDay) found.push(`${person} got ${ranked.length} customers in a digest`)
    if (urgent.length > urgentPerDay) found.push(`${person} got ${urgent.length} urgent cards`)
    if (reminders.length > 1) found.push(`${person} got ${reminders.length} reminders of what is late`)
    if (new Set(pushed).size < pushed.length) found.push(`${person} got a case twice`)
  }
  return found
}

function byPerson(today: readonly Arrived[]): Map<string, Shown[]> {
  const people = new Map<string, Shown[]>()
  for (const { person, shown } of today) people.set(person, [...(people.get(person) ?? []), shown])
  return people
}

/** The cases a card asks to be answered. */
export function casesOf({ first }: Shown): number[] {
  const ids = buttonsOf(first)
    .filter(({ action }) => action === 'contacted')
    .map(({ payload }) => Number(payload.case))
  return [...new Set(ids)]
}

/** A person never reads that something broke. */
function faults(ctx: TestCtx, day: number, arrived: readonly Arrived[]): string[] {
  const { dayOf } = calendarFor(ctx.settings)
  const { errors } = textFor('zh-CN').common
  const broken = [errors.bug, errors.busy, errors.config, errors.upstream]
  return arrived
    .filter(({ shown }) => dayOf(shown.at) === day)
    .map(({ person, shown }) => ({ person, text: cardLines(shown.first).join(' ') }))
    .filter(({ text }) => broken.some((one) => text.includes(one)))
    .map(({ person, text }) => `${person} read “${text}”`)
}

/** Leave that was told after a message came is no breach, nor the word about the leave itself. */
async function toNobodyThere(ctx: TestCtx, day: number, today: readonly Arrived[]): Promise<string[]> {
  const members = await ctx.db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member_id')
    .select(['identities.person', 'members.id', 'members.active'])
    .where('identities.platform', '=', PLAYGROUND)
    .execute()
  const absences = await ctx.db
    .selectFrom('absences')
    .select(['member_id', 'created_at'])
    .where('from_on', '<=', day)
    .where('until_on', '>', day)
    .execute()
  return today.flatMap(({ person, shown }) => {
    const member = members.find((one) => one.person === person)
    if (!member?.active) return [`${shown.key} came to ${person}, who does not work here`]
    const absent = absences.some((one) => one.member_id === member.id && one.created_at < shown.at)
    return absent ? [`${shown.key} came to ${person}, who is away`] : []
  })
}

/** Cases nobody touches end by themselves, so that the list of late ones cannot grow for ever. */
async function neverEnding(ctx: TestCtx, day: number): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('cases')
    .select(['id', 'state', 'opened_on', 'last_pushed_on', 'snoozed_until', 'next_on'])
    .where('closed_at', 'is', null)
    .execute()
  const oldest = day - ctx.settings.push.expireAfterDays - LONGEST_BREAK
  return rows
    .filter(({ state }) => isOpen(state) && state === 'open')
    .filter(
      (one) =>
        Math.max(one.opened_on, one.last_pushed_on ?? 0, one.snoozed_until ?? 0, one.next_on ?? 0) < oldest,
    )
    .map(({ id }) => `case ${id} stays open for ever`)
}

/** Days without a morning: 国庆 with 中秋. */
const LONGEST_BREAK = 9
