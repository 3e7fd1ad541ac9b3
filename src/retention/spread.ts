/** Somebody who can take customers; `load`: open cases and customers at hand. */
export interface Taker {
  readonly id: number
  readonly region: string | null
  readonly load: number
}

/**
 * Who gets which customer: takers of the customer's region first, of these the one with the least at hand, then the
 * lowest id. What is given counts as load. Pure: the same input gives the same answer, whoever asks.
 * @param most new customers for one taker; the customers that find no place are left out
 */
export function spread(
  customers: readonly { readonly id: number; readonly region: string | null }[],
  takers: readonly Taker[],
  most = Number.POSITIVE_INFINITY,
): Map<number, number> {
  const given = new Map(takers.map(({ id }) => [id, 0]))
  const found = new Map<number, number>()
  for (const customer of customers) {
    const free = takers.filter(({ id }) => (given.get(id) ?? 0) < most)
    const near = free.filter(({ region }) => region !== null && region === customer.region)
    const load = ({ id, load }: Taker): number => load + (given.get(id) ?? 0)
    const [taker] = (near.length > 0 ? near : free).sort((a, b) => load(a) - load(b) || a.id - b.id)
    if (!taker) break
    given.set(taker.id, (given.get(taker.id) ?? 0) + 1)
    found.set(customer.id, taker.id)
  }
  return found
}
