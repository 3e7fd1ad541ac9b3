import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../src/clock.ts'
import type { Ctx } from '../../src/context.ts'
import { openDatabase } from '../../src/db/open.ts'
import { createLog } from '../../src/log.ts'
import { type Day, dayFromIso } from '../../src/model/day.ts'
import { purchaseParams } from '../../src/scoring/customer-outlook.ts'
import { createForecaster } from '../../src/scoring/purchase-forecast.ts'
import { Settings } from '../../src/settings.ts'
import { purchaseDays } from '../../src/store/purchase-days.ts'
import { activate, trainedParams } from '../support/live-version.ts'
import { generateLog } from './generate-log.ts'
import { type Measured, measure } from './measure.ts'

/**
 * Scoring a million customers with three million orders by the rules and by a learned version (logistic regression,
 * trees and MBG/NBD; exact reasons for everybody in a band), whole processes side by side; the purchase models are
 * fitted within both. Then P(alive), P(no order), expected orders and value of everybody, read from the database.
 */
const CUSTOMERS = 1_000_000
/** Customers that the version is trained on. */
const SAMPLE = 30_000
const AS_OF = '1998-06-30'
const LIUKE = fileURLToPath(new URL('../../src/liuke.js', import.meta.url))

export interface ScoreMillion {
  readonly customers: number
  readonly rows: number
  readonly rules: Scored
  readonly learned: Scored
  /** By processor time, like the sum below: other work on the machine matters less to it. */
  readonly learnedToRules: number
  readonly forecastCpuSeconds: number
  /** Learned risk with reasons, and all forecasts. */
  readonly allModelsCpuSeconds: number
}

interface Scored {
  readonly seconds: number
  readonly cpuSeconds: number | null
  readonly peakRssMb: number | null
  readonly inBand: number
}

export async function scoreMillionBench(customers = CUSTOMERS): Promise<ScoreMillion> {
  const folder = mkdtempSync(join(tmpdir(), 'liuke-bench-'))
  try {
    const [file, database] = [join(folder, 'log.csv'), join(folder, 'liuke.db')]
    const rows = await generateLog(file, customers)
    await liukeImport(file, database)
    const rules = await score(database)
    await withDatabase(database, async (ctx, asOf) => {
      await activate(ctx, asOf, await trainedParams(ctx, asOf, SAMPLE))
    })
    const learned = await score(database)
    const forecastCpuSeconds = await withDatabase(database, forecastAll)
    const [byRules, byModel] = [rules.cpuSeconds ?? Number.NaN, learned.cpuSeconds ?? Number.NaN]
    return {
      customers,
      rows,
      rules,
      learned,
      learnedToRules: byModel / byRules,
      forecastCpuSeconds,
      allModelsCpuSeconds: byModel + forecastCpuSeconds,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function score(database: string): Promise<Scored> {
  const { seconds, cpuSeconds, peakRssMb, stdout } = await liuke([
    '--db',
    database,
    '--json',
    'score',
    '--as-of',
    AS_OF,
  ])
  const { bands } = JSON.parse(stdout)
  return { seconds, cpuSeconds, peakRssMb, inBand: bands.watch + bands.medium + bands.high + bands.urgent }
}

/** The fit is the one that the run kept. */
async function forecastAll(ctx: Ctx, asOf: Day): Promise<number> {
  const params = await purchaseParams(ctx, asOf)
  if (!params) throw new Error('the models were fitted by the run')
  const before = process.cpuUsage()
  const forecaster = createForecaster(params, asOf, ctx.settings.scoring.horizonDays)
  for await (const page of purchaseDays(ctx, asOf)) for (const one of page) forecaster.forecast(one)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

async function withDatabase<T>(file: string, work: (ctx: Ctx, asOf: Day) => Promise<T>): Promise<T> {
  const { db, close } = openDatabase(file)
  const settings = Settings.parse({ database: file })
  try {
    return await work({ db, clock: systemClock, log: createLog('silent'), settings }, dayFromIso(AS_OF) ?? 0)
  } finally {
    await close()
  }
}

function liukeImport(file: string, database: string): Promise<Measured> {
  const columns = ['customer=customer_id', 'at=date', 'quantity=cds', 'amount=amount']
  const map = columns.flatMap((pair) => ['--map', pair])
  return liuke(['--db', database, '--json', 'import', file, '--as', 'events', ...map, '--set', 'kind=order'])
}

function liuke(args: readonly string[]): Promise<Measured> {
  return measure(process.execPath, [LIUKE, ...args])
}
