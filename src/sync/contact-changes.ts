import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { contactsByKey, customersWithContacts, type StoredContact } from '../store/import-contacts.ts'
import { addFacts } from '../store/import-facts.ts'
import type { Batch } from './batch.ts'

/** Source of the events written here. */
const SOURCE = 'contacts'

/** Somebody left, joined, or was replaced on the same record. */
interface Move {
  readonly customerId: number
  readonly role: string
  readonly key: string
  readonly left: string
  readonly joined: string
  readonly at: number
  /** Came with the first contacts known of the customer: no news, but it tells who followed somebody who left. */
  readonly first?: true
}

/** What was stored before a batch of contacts is written. */
export interface ContactsBefore {
  readonly stored: ReadonlyMap<string, StoredContact>
  readonly known: ReadonlySet<number>
}

export async function contactsBefore(ctx: Ctx, source: string, batch: Batch): Promise<ContactsBefore> {
  const stored = await contactsByKey(ctx, source, batch.keys)
  const customers = new Set((batch.columns.customer_id ?? []).map(Number))
  return { stored, known: await customersWithContacts(ctx, [...customers]) }
}

/**
 * Writes a `contact-change` event for everybody who left, joined a customer whose contacts were known, or took
 * over a record. Somebody leaving and somebody joining in the same role become one event. The note reads
 * `left→joined`.
 */
export async function writeContactChanges(
  ctx: Ctx,
  source: string,
  batch: Batch,
  before: ContactsBefore,
): Promise<void> {
  const moves = pairUp(movesOf(ctx, batch, before))
  if (moves.length === 0) return
  const calendar = calendarFor(ctx.settings)
  await addFacts(
    ctx,
    'events',
    SOURCE,
    moves.map(({ key, left, joined }) => `${source}/${key}:${left}>${joined}`),
    {
      customer_id: moves.map((move) => move.customerId),
      kind: moves.map(() => 'contact-change'),
      at: moves.map((move) => move.at),
      day: moves.map((move) => calendar.dayOf(move.at)),
      note: moves.map(({ left, joined }) => `${left}→${joined}`),
    },
  )
}

function movesOf(ctx: Ctx, batch: Batch, { stored, known }: ContactsBefore): Move[] {
  const now = ctx.clock.now()
  const calendar = calendarFor(ctx.settings)
  const instant = (day: number | null): number => (day === null ? now : Math.min(now, calendar.instant(day)))
  const day = (column: string, at: number): number | null => {
    const value = batch.columns[column]?.[at]
    return typeof value === 'number' ? value : null
  }
  return batch.keys.flatMap((key, at): Move[] => {
    const customerId = Number(batch.columns.customer_id?.[at])
    const name = String(batch.columns.name?.[at] ?? '')
    const old = stored.get(key)
    const role = String(batch.columns.role?.[at] ?? old?.role ?? 'user')
    const move = { customerId, role, key, left: '', joined: '' }
    const leftOn = day('left_on', at)
    if (leftOn !== null && old?.leftOn == null) return [{ ...move, left: name, at: instant(leftOn) }]
    if (leftOn !== null) return []
    if (old && old.name !== name) {
      return [{ ...move, left: old.name, joined: name, at: instant(day('from_on', at)) }]
    }
    if (old) return []
    const from = day('from_on', at)
    if (known.has(customerId)) return [{ ...move, joined: name, at: instant(from) }]
    return from === null ? [] : [{ ...move, joined: name, at: instant(from), first: true }]
  })
}

/** Somebody who came so long before or after another left is no successor, unless the arrival itself is news. */
const HANDOVER_MS = 90 * 86_400_000

/** Joins a departure and an arrival of the same customer and role into one move. */
function pairUp(moves: readonly Move[]): Move[] {
  const arrivals = moves.filter((move) => move.left === '')
  const taken = new Set<Move>()
  const others = moves.filter((move) => move.left !== '')
  const paired = others.map((move) => {
    if (move.joined !== '') return move
    const partner = arrivals.find((one) => !taken.has(one) && follows(one, move))
    if (!partner) return move
    taken.add(partner)
    return { ...move, joined: partner.joined, at: Math.max(move.at, partner.at) }
  })
  return [...paired, ...arrivals.filter((move) => !taken.has(move) && !move.first)]
}

function follows(arrival: Move, departure: Move): boolean {
  if (arrival.customerId !== departure.customerId || arrival.role !== departure.role) return false
  return !arrival.first || Math.abs(arrival.at - departure.at) <= HANDOVER_MS
}
