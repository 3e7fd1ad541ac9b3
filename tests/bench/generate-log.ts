import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { isoFromDay } from '../../src/model/day.ts'

/**
 * Writes an order log of CDNOW's shape: customers in order of their number, every one with a first purchase in
 * the first twelve weeks of 1997, about 2.9 purchases each until mid-1998, half of the customers buying only
 * once or twice, purchases of one day in rows of their own. Deterministic: the same arguments give the same
 * bytes.
 */
export async function generateLog(file: string, customers: number, seed = 1): Promise<number> {
  const random = generator(seed)
  const out = createWriteStream(file)
  out.write('customer_id,date,cds,amount\n')
  let rows = 0
  let lines: string[] = []
  for (let customer = 1; customer <= customers; customer++) {
    rows += addPurchases(lines, customer, random)
    if (lines.length < LINES_AT_ONCE) continue
    if (!out.write(lines.join(''))) await new Promise<void>((resolve) => out.once('drain', () => resolve()))
    lines = []
  }
  out.end(lines.join(''))
  await finished(out)
  return rows
}

const LINES_AT_ONCE = 20_000
/** 1997-01-01 and 1998-06-30, as days since 1970. */
const FIRST_DAY = 9862
const LAST_DAY = 10_407
const FIRST_QUARTER_DAYS = 84
const YEAR_AND_HALF = LAST_DAY - FIRST_DAY
/** Chosen so that 470,000 customers make 1.4 million rows. */
const LOYAL_SHARE = 0.5
const LOYAL_REPEATS = 4.6
const CASUAL_REPEATS = 0.75
const PRICE = 14.9

type Random = () => number

function addPurchases(lines: string[], customer: number, random: Random): number {
  const loyal = random() < LOYAL_SHARE
  const repeats = Math.floor(exponential(random, loyal ? LOYAL_REPEATS : CASUAL_REPEATS))
  let day = FIRST_DAY + Math.floor(random() * FIRST_QUARTER_DAYS)
  let rows = 0
  for (let purchase = 0; purchase <= repeats && day <= LAST_DAY; purchase++) {
    const cds = 1 + Math.floor(exponential(random, 1.3))
    const amount = (cds * PRICE * (0.7 + 0.6 * random())).toFixed(2)
    lines.push(`${customer},${isoFromDay(day)},${cds},${amount}\n`)
    rows++
    const pace = loyal ? YEAR_AND_HALF / (LOYAL_REPEATS * 2.5) : YEAR_AND_HALF / 4
    day += Math.floor(exponential(random, pace))
  }
  return rows
}

function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean
}

/** A 32-bit linear congruential generator: enough for a load test, and the same everywhere. */
function generator(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
