import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { type Day, dayFromIso } from '../../src/model/day.ts'
import {
  type PurchaseLog,
  type PurchaseRow,
  purchaseLog,
} from '../../src/scoring/learn/history/purchase-log.ts'
import { realData } from './real-data.ts'

/** The rows of a public data file by column name. */
export function realRows(file: string): Record<string, string>[] {
  const path = realData(file)
  if (!path) throw new Error(`LIUKE_DATA_DIR must name the folder that holds ${file}`)
  const rows: Record<string, string>[] = parse(readFileSync(path), { columns: true })
  return rows
}

/** `2026-11-22` as a day; throws on anything else. */
export function day(iso: string): Day {
  const found = dayFromIso(iso)
  if (found === null) throw new Error(`${iso} is no date`)
  return found
}

/** All CDNOW purchases, observed to 1998-06-30. */
export function cdnowLog(): PurchaseLog {
  const rows = realRows('cdnow_transactions.csv').map((row) => ({
    customer: Number(row.customer_id) - 1,
    day: day(row.date ?? ''),
    amount: Number(row.amount),
  }))
  return purchaseLog(rows, day('1998-06-30'))
}

/** Online Retail: invoices that were not cancelled and have a positive amount, observed to 2011-12-09. */
export function onlineRetailLog(): PurchaseLog {
  const numbers = new Map<string, number>()
  const rows: PurchaseRow[] = []
  for (const row of realRows('online_retail_invoices.csv')) {
    if (row.cancelled !== '0' || !(Number(row.amount) > 0)) continue
    const key = row.customer_id ?? ''
    const customer = numbers.get(key) ?? numbers.size
    numbers.set(key, customer)
    rows.push({ customer, day: day((row.invoice_datetime ?? '').slice(0, 10)), amount: Number(row.amount) })
  }
  return purchaseLog(rows, day('2011-12-09'))
}
