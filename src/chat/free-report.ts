import { scopeOf } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { askCustomerCard } from '../cards/ask-customer.ts'
import type { Ctx } from '../context.ts'
import type { InboundEvent } from '../model/chat.ts'
import type { Member } from '../model/member.ts'
import { customerFinder } from '../retention/understand/customer.ts'
import { understand } from '../retention/understand.ts'
import { type Mentionable, mentionableCustomers } from '../store/mentionable.ts'
import type { Text } from '../text/index.ts'
import type { Reply } from './command.ts'
import { contactReport } from './contact-report.ts'
import { type Candidate, lastShown, pressingCustomers, quotedCustomer } from './likely-customers.ts'
import { isNamedInFull } from './named-in-full.ts'

/** Names are looked for among this many customers of the scope. */
const MAX_NAMES = 5_000
const MAX_OPTIONS = 4

export interface Reported {
  readonly actor: Member
  readonly event: Extract<InboundEvent, { kind: 'text' }>
  readonly text: Text
  /** The customer an open question of ours is about. */
  readonly asked?: Candidate | null
}

interface Asked {
  readonly words: string
  readonly options: readonly Candidate[]
  /** See `askCustomerCard`. */
  readonly guessed: boolean
}

/** Written for a customer that is certain, or a question that keeps the words. */
export type FreeReport = { readonly customer: number; readonly words: string } | { readonly reply: Reply }

/**
 * A line without a command word that tells of a contact with a customer (K2). The customer is certain only when it is
 * named in full, or the line replies to its card; anything else becomes a question. Null: it is no such line.
 */
export async function freeReport(ctx: Ctx, given: Reported): Promise<FreeReport | null> {
  const { actor, event, asked = null } = given
  const words = event.text.trim()
  const kind = readReport(ctx, words)
  if (kind === null && !asked) return null
  const scope = scopeOf(actor)
  const quoted = await quotedCustomer(ctx, scope, event)
  const named = await namedIn(ctx, given, words)
  const certain = quoted ?? (asked ? null : named.certain)
  const others = named.certain && quoted && named.certain.id !== quoted.id ? [named.certain] : []
  if (certain && others.length === 0) return { customer: certain.id, words }
  const near = quoted ? [quoted, ...others] : [...named.customers, ...(asked ? [asked] : [])]
  const last = near.length > 0 ? null : await lastShown(ctx, scope, event)
  if (near.length === 0 && !last && kind === 'likely') return null
  const options = near.length > 0 ? near : last ? [last] : await pressingCustomers(ctx, scope, MAX_OPTIONS)
  return { reply: question(given, { words, options, guessed: near.length === 0 && !last }) }
}

/** See `contactReport`: whether the words tell of a contact. */
export function readReport({ settings, clock }: Ctx, words: string): ReturnType<typeof contactReport> {
  const calendar = calendarFor(settings)
  const now = { today: calendar.dayOf(clock.now()), calendar }
  return contactReport(words, understand(words, now, settings.chat.maxNextDays))
}

/** True when the words name a customer in full, or reply to the card of one, and it is not this one. */
export async function namesAnother(ctx: Ctx, given: Reported, customer: number): Promise<boolean> {
  const quoted = await quotedCustomer(ctx, scopeOf(given.actor), given.event)
  if (quoted) return quoted.id !== customer
  const { certain, customers } = await namedIn(ctx, given, given.event.text)
  const named = certain ? [certain] : customers.filter((one) => isNamed(given.event.text, one))
  return named.length > 0 && named.some(({ id }) => id !== customer)
}

/** The customers in the member's scope whose names, contacts or initials stand in the words. */
export async function customersIn(ctx: Ctx, actor: Member, words: string): Promise<readonly Candidate[]> {
  return (await namedIn(ctx, { actor }, words)).customers
}

async function namedIn(
  ctx: Ctx,
  { actor }: Pick<Reported, 'actor'>,
  words: string,
): Promise<{ customers: readonly Mentionable[]; certain: Mentionable | null }> {
  const find = customerFinder(await mentionableCustomers(ctx, scopeOf(actor), MAX_NAMES))
  const { customers, certain } = find(words)
  const [only, ...others] = customers
  const sure = certain && only !== undefined && others.length === 0 && isNamed(words, only)
  return { customers, certain: sure ? only : null }
}

function isNamed(words: string, { name, shortName, key }: Mentionable): boolean {
  return [name, shortName, key].some((one) => one !== null && isNamedInFull(words, one))
}

function question({ event, text }: Reported, asked: Asked): Reply {
  const { words, guessed } = asked
  const dialog = `${event.who.platform}:${event.id}`
  const options = asked.options.slice(0, MAX_OPTIONS).map(({ id, name }) => ({ id, name }))
  const more = asked.options.length - options.length
  const ask = {
    id: dialog,
    kind: 'pick' as const,
    command: 'follow-up',
    args: { words },
    options: options.map(({ id }) => id),
    byName: true,
  }
  return { cards: [askCustomerCard({ note: words, dialog, options, more, guessed }, text)], ask }
}
