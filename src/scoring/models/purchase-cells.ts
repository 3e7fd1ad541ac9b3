/**
 * Customers counted by identical purchase history. x = purchase days after the first, tx = time from the first
 * to the last of them, age = time from the first to the as-of day. A model's likelihood needs nothing else, and
 * collapsing makes it independent of the order of customers and cheap for millions of them.
 */
export interface PurchaseCells {
  readonly customers: number
  /** Customers with x > 0. */
  readonly repeaters: number
  /** Σ x. */
  readonly repeats: number
  /** Times in the model's unit, evenly spaced from 0; `tx` and `age` are positions in it. */
  readonly times: Float64Array
  /** One entry a cell, sorted by x, tx, age. */
  readonly x: Int32Array
  readonly tx: Int32Array
  readonly age: Int32Array
  readonly weight: Float64Array
}

export interface PurchaseCounter {
  /** Counts one customer; `tx` and `age` in whole days (or any other whole steps). */
  add(x: number, tx: number, age: number): void
  /** The cells so far, with times in units of `stepsPerUnit` steps (7 = weeks of days). */
  cells(stepsPerUnit: number): PurchaseCells
}

/** Room for a million steps and 8,191 purchases in one exact integer. */
const STEP_ROOM = 2 ** 20

export function createPurchaseCounter(): PurchaseCounter {
  const counts = new Map<number, number>()
  let longest = 0
  return {
    add(x, tx, age) {
      const key = (x * STEP_ROOM + tx) * STEP_ROOM + age
      counts.set(key, (counts.get(key) ?? 0) + 1)
      longest = Math.max(longest, age)
    },
    cells: (stepsPerUnit) =>
      toCells(
        counts,
        Float64Array.from({ length: longest + 1 }, (_, i) => i / stepsPerUnit),
      ),
  }
}

function toCells(counts: ReadonlyMap<number, number>, times: Float64Array): PurchaseCells {
  const keys = Float64Array.from(counts.keys()).sort()
  const cells = {
    x: new Int32Array(keys.length),
    tx: new Int32Array(keys.length),
    age: new Int32Array(keys.length),
    weight: new Float64Array(keys.length),
  }
  let [customers, repeaters, repeats] = [0, 0, 0]
  keys.forEach((key, i) => {
    const x = Math.floor(key / STEP_ROOM / STEP_ROOM)
    const weight = counts.get(key) ?? 0
    cells.x[i] = x
    cells.tx[i] = Math.floor(key / STEP_ROOM) % STEP_ROOM
    cells.age[i] = key % STEP_ROOM
    cells.weight[i] = weight
    customers += weight
    repeats += weight * x
    if (x > 0) repeaters += weight
  })
  return { customers, repeaters, repeats, times, ...cells }
}

/** Mean age of the customers, in the unit of the times. */
export function meanAge(cells: PurchaseCells): number {
  let sum = 0
  cells.weight.forEach((weight, i) => {
    sum += weight * (cells.times[cells.age[i] ?? 0] ?? 0)
  })
  return sum / cells.customers
}
