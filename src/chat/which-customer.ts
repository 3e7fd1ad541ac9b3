import { pickCard } from '../cards/pick.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Customer } from '../model/customer.ts'
import {
  customerById,
  customerNames,
  customersLike,
  customersNamed,
  customersWithContact,
} from '../store/customers.ts'
import type { Call, Reply } from './command.ts'
import { firstToken, isNearName, type NameCandidate, nameCandidates, spellings } from './names.ts'

/** A customer as a call names it: by id (a button) or in words (a text, with whatever follows the name). */
export type CustomerRef = number | string

export type Which =
  | { readonly customer: Customer; readonly words: string }
  /** The question to ask back. Nothing may be written. */
  | { readonly reply: Reply }

/** Fuzzy help looks through this many customers of the scope. */
const MAX_FUZZY = 5_000
const MAX_OPTIONS = 5

/**
 * Which customer a call means. An exact name in scope is it; several, or anything less than exact, becomes
 * buttons that go on with `command` and all its words. A name outside the scope is answered like one that
 * does not exist.
 * @param certain for writes: even a single name that merely contains the words is asked back.
 * @throws AppError `not-found` when nothing in scope comes near.
 */
export async function whichCustomer(
  ctx: Ctx,
  call: Pick<Call<unknown>, 'scope' | 'inboundKey' | 'text'>,
  given: {
    command: string
    ref: CustomerRef
    certain: boolean
    /** Turns the words after the name into further args of `command`. */
    argsOf?: (words: string) => Record<string, string | number>
  },
): Promise<Which> {
  const { scope, text } = call
  if (typeof given.ref === 'number') {
    const customer = await customerById(ctx, scope, given.ref)
    if (!customer) throw noSuchCustomer(call, null)
    return { customer, words: '' }
  }
  const found = await search(ctx, call, given.ref)
  if (found.customers.length === 0) throw noSuchCustomer(call, firstToken(given.ref))
  const [only, ...others] = found.customers
  if (only && others.length === 0 && (found.exact || (!given.certain && found.partial))) {
    return { customer: only, words: found.words }
  }
  const options = found.customers.slice(0, MAX_OPTIONS)
  const ask = {
    id: call.inboundKey,
    kind: 'pick' as const,
    command: given.command,
    args: given.argsOf?.(found.words) ?? {},
    options: options.map((one) => one.id),
  }
  const asked = { name: found.typed, dialog: call.inboundKey, options, total: found.customers.length }
  return { reply: { cards: [pickCard({ ...asked, sure: found.exact }, text)], ask } }
}

interface Search {
  readonly customers: readonly Customer[]
  /** The name was typed in full. */
  readonly exact: boolean
  /** The typed words are a part of the name. */
  readonly partial: boolean
  readonly typed: string
  readonly words: string
}

async function search(ctx: Ctx, call: Pick<Call<unknown>, 'scope'>, typed: string): Promise<Search> {
  const { scope } = call
  const candidates = nameCandidates(typed)
  const named = await customersNamed(
    ctx,
    scope,
    candidates.flatMap((one) => spellings(one.name)),
  )
  const byName = longestNamed(candidates, named)
  if (byName?.exact) return byName
  const first = firstToken(typed)
  const rest = candidates.find((one) => one.name === first)?.rest ?? ''
  const guess = { exact: false, partial: false, typed: first, words: rest }
  for (const part of new Set([typed, first])) {
    const like = part.length >= 2 ? await customersLike(ctx, scope, part) : []
    if (like.length > 0) {
      return { ...guess, partial: true, customers: like, typed: part, words: part === typed ? '' : rest }
    }
  }
  const withContact = await customersWithContact(ctx, scope, first)
  if (withContact.length > 0) return { ...guess, customers: withContact }
  if (byName) return byName
  return { ...guess, customers: await nearNames(ctx, call, [typed, first]) }
}

/** The longest candidate that is some customer's full name; a cut inside a word is not exact. */
function longestNamed(candidates: readonly NameCandidate[], named: readonly Customer[]): Search | null {
  const sorted = [...candidates.filter((one) => one.bounded), ...candidates.filter((one) => !one.bounded)]
  for (const candidate of sorted) {
    const wanted = new Set(spellings(candidate.name).map((name) => name.toLowerCase()))
    const customers = named.filter((one) =>
      [one.name, one.shortName, one.key].some((name) => name !== null && wanted.has(name.toLowerCase())),
    )
    if (customers.length > 0) {
      const { bounded, name, rest } = candidate
      return { customers, exact: bounded, partial: false, typed: name, words: rest }
    }
  }
  return null
}

async function nearNames(
  ctx: Ctx,
  { scope }: Pick<Call<unknown>, 'scope'>,
  typed: readonly string[],
): Promise<Customer[]> {
  const names = await customerNames(ctx, scope, MAX_FUZZY)
  const near = names.filter(({ name, shortName }) =>
    typed.some((one) => isNearName(one, name) || (shortName !== null && isNearName(one, shortName))),
  )
  const customers = await Promise.all(
    near.slice(0, MAX_OPTIONS).map(({ id }) => customerById(ctx, scope, id)),
  )
  return customers.filter((one) => one !== null)
}

function noSuchCustomer(call: Pick<Call<unknown>, 'text'>, name: string | null): AppError {
  return new AppError('not-found', 'no such customer in scope', { say: call.text.chat.noSuchCustomer(name) })
}
