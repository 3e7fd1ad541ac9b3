import { AppError } from '../../../errors.ts'
import type { Day } from '../../../model/day.ts'
import type { PurchaseLog } from './purchase-log.ts'

/** Takes orders sorted by customer and day, page by page, without an object for each. */
export interface PurchaseLogBuilder {
  /** Customers are numbered from 0 in rising order. A null amount leaves its day's amount unknown. */
  add(customer: number, day: Day, amount: number | null): void
  build(lastDay: Day): PurchaseLog
}

/** Room that is doubled whenever it is full. */
function roomier<T extends Int32Array | Float64Array>(old: T, make: (length: number) => T): T {
  const next = make(old.length * 2)
  next.set(old)
  return next
}

export function createPurchaseLogBuilder(): PurchaseLogBuilder {
  let days = new Int32Array(1024)
  let amounts = new Float64Array(1024)
  const offsets = [0]
  let [places, lastCustomer, lastDay, priced] = [0, -1, 0, false]
  return {
    add(customer, day, amount) {
      if (customer < lastCustomer || (customer === lastCustomer && day < lastDay))
        throw new AppError('bug', 'orders must come sorted by customer and day')
      priced ||= amount !== null
      if (customer === lastCustomer && day === lastDay) {
        amounts[places - 1] = (amounts[places - 1] ?? 0) + (amount ?? Number.NaN)
        return
      }
      if (places === days.length) {
        days = roomier(days, (length) => new Int32Array(length))
        amounts = roomier(amounts, (length) => new Float64Array(length))
      }
      days[places] = day
      amounts[places] = amount ?? Number.NaN
      places++
      while (offsets.length < customer + 2) offsets.push(places - 1)
      offsets[customer + 1] = places
      lastCustomer = customer
      lastDay = day
    },
    build: (observedTo) => ({
      customers: offsets.length - 1,
      offsets: Uint32Array.from(offsets),
      days: days.slice(0, places),
      amounts: priced ? amounts.slice(0, places) : null,
      lastDay: observedTo,
    }),
  }
}
