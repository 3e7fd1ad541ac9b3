import { scopeOf } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { askCustomerCard } from '../cards/ask-customer.ts'
import type { Ctx } from '../context.ts'
import type { InboundEvent } from '../model/chat.ts'
import type { Member } from '../model/member.ts'
import { customerFinder } from '../retention/understand/customer.ts'
import { type Understood, understand } from '../retention/understand.ts'
import { type Mentionable, mentionableCustomers } from '../store/mentionable.ts'
import type { Text } from '../text/index.ts'
import type { Reply } from './command.ts'
import { contactReport, isStatement } from './contact-report.ts'
import { isPlan } from './is-plan.ts'
import { type Candidate, lastShown, pressingCustomers, quotedCustomer } from './likely-customers.ts'
import { isNamedInFull } from './named-in-full.ts'
import { withoutNames } from './without-names.ts'

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
  readonly plan: boolean
}

/** Written for a customer that is certain, or a question that keeps the words. */
export type FreeReport =
  | { readonly customer: number; readonly words: string; readonly plan?: 1 }
  | { readonly reply: Reply }

/**
 * A line without a command word that tells of a contact with a customer (K2), or when one will be. The customer is
 * certain only when it is named in full, or the line replies to its card; anything else becomes a question. Null: it is
 * no such line.
 */
export async function freeReport(ctx: Ctx, given: Reported): Promise<FreeReport | null> {
  const { actor, event, asked = null } = given
  const words = event.text.trim()
  const kind = readReport(ctx, words)
  if (kind === null && !asked && !mayBePlan(ctx, words)) return null
  const scope = scopeOf(actor)
  const quoted = await quotedCustomer(ctx, scope, event)
  const named = await namedIn(ctx, given, words)
  const plan = isPlanFor(ctx, words, named.customers)
  if (kind === null && !asked && !plan) return null
  const certain = quoted ?? (asked ? null : named.certain)
  const others = named.certain && quoted && named.certain.id !== quoted.id ? [named.certain] : []
  if (certain && others.length === 0) return { customer: certain.id, words, ...(plan && { plan: 1 }) }
  const near = quoted ? [quoted, ...others] : [...named.customers, ...(asked ? [asked] : [])]
  return askedBack(ctx, given, { words, near, plan, likely: kind !== 'sure' && !asked })
}

/** Which customer? `likely`: a question only where one is at hand. */
async function askedBack(
  ctx: Ctx,
  given: Reported,
  said: { words: string; near: readonly Candidate[]; plan: boolean; likely: boolean },
): Promise<FreeReport | null> {
  const { words, near, plan } = said
  const scope = scopeOf(given.actor)
  const last = near.length > 0 ? null : await lastShown(ctx, scope, given.event)
  if (near.length === 0 && !last && said.likely) return null
  const options = near.length > 0 ? near : last ? [last] : await pressingCustomers(ctx, scope, MAX_OPTIONS)
  return { reply: question(given, { words, options, guessed: near.length === 0 && !last, plan }) }
}

/** See `contactReport`: whether the words tell of a contact. */
export function readReport(ctx: Ctx, words: string): ReturnType<typeof contactReport> {
  return contactReport(words, read(ctx, words))
}

function read({ settings, clock }: Ctx, words: string): Understood {
  const calendar = calendarFor(settings)
  const now = { today: calendar.dayOf(clock.now()), calendar }
  return understand(words, now, settings.chat.maxNextDays)
}

/** Names decide whether it is one; without a date it is none, and no names need to be looked up. */
function mayBePlan(ctx: Ctx, words: string): boolean {
  const { nextOn, refused } = read(ctx, words)
  return nextOn !== null || refused !== null
}

function isPlanFor(ctx: Ctx, words: string, named: readonly Mentionable[]): boolean {
  const rest = named.reduce((left, one) => withoutNames(left, one), words)
  return isStatement(words) && isPlan(rest, read(ctx, rest))
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
  const { words, guessed, plan } = asked
  const dialog = `${event.who.platform}:${event.id}`
  const options = asked.options.slice(0, MAX_OPTIONS).map(({ id, name }) => ({ id, name }))
  const more = asked.options.length - options.length
  const ask = {
    id: dialog,
    kind: 'pick' as const,
    command: 'follow-up',
    args: { words, ...(plan && { plan: 1 }) },
    options: options.map(({ id }) => id),
    byName: true,
  }
  return { cards: [askCustomerCard({ note: words, dialog, options, more, guessed }, text)], ask }
}
