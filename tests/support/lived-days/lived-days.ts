import { createHash } from 'node:crypto'
import { calendarFor } from '../../../src/calendar.ts'
import { isoFromDay } from '../../../src/model/day.ts'
import { seededRandom } from '../../../src/model/seeded-random.ts'
import { MEMBERS } from '../../../src/sync/demo/company.ts'
import { breaches } from '../invariants.ts'
import type { TestCtx } from '../test-ctx.ts'
import { breachesOfDay } from './evening.ts'
import { personOf, type Talked } from './person.ts'
import { type Moment, PERSONAS } from './personas.ts'
import { type Phones, phones } from './phones.ts'
import { firstNight, type LivedService, startLivedService } from './service.ts'

export interface LivedOptions {
  readonly file: string
  /** The instant of the first evening: the company arrives that night. */
  readonly from: string
  readonly days: number
  readonly customers: number
  readonly seed: number
  /** Who leaves for good, and on which day. */
  readonly leaver: { readonly key: string; readonly on: number }
}

export interface Lived {
  /** One sentence a breach, with its day. */
  readonly breaches: string[]
  readonly arrived: Phones['arrived']
  readonly talked: readonly Talked[]
  readonly restarts: number
  /** Of the whole outbox, every evening: equal for equal lives. */
  readonly hashes: readonly string[]
  /** What was done to cases, and how often. */
  readonly actions: ReadonlyMap<string, number>
}

const SCORE_MINUTE = 5 * 60 + 40
/** Late enough for the digest, in the break, after work. */
const MOMENTS = [541, 10 * 60, 12 * 60 + 40, 15 * 60, 17 * 60 + 35, 21 * 60]
const QUIET_MOMENTS = [541, 15 * 60]
/** Budgets that a small company reaches too. */
export const TIGHT = { perDay: 2, urgentPerDay: 1 }
const FAILING = 0.04
/** Failures end in time for what failed to be sent on the same day. */
const FAILS_UNTIL = 15 * 60 + 1
const RESTART = 0.06

/** Lives through a company's days: every job at its slot, people who behave like people, and the evening's questions. */
export async function liveDays(options: LivedOptions): Promise<Lived> {
  const company = await openCompany(options)
  const { phones, talked } = company
  const lived = { breaches: [] as string[], hashes: [] as string[], restarts: 0 }
  const calendar = calendarFor(company.ctx().settings)
  const first = calendar.dayOf(Date.parse(options.from)) + 1
  for (let n = 0; n < options.days; n++) {
    const day = first + n
    const workday = calendar.isWorkday(day)
    if (n === options.leaver.on) await leaves(company.ctx(), options.leaver.key)
    for (const minute of [SCORE_MINUTE, ...(workday ? MOMENTS : QUIET_MOMENTS)]) {
      company.ctx().clock.advanceTo(calendar.instant(day, minute))
      await company.live({ n, minute, workday })
      if (company.random() >= RESTART) continue
      await company.restart()
      lived.restarts++
    }
    const ctx = company.ctx()
    const found = [...(await breaches(ctx)), ...(await breachesOfDay(ctx, day, phones.arrived))]
    lived.breaches.push(...found.map((one) => `${isoFromDay(day)}: ${one}`))
    lived.hashes.push(await outboxHash(ctx))
  }
  const actions = await actionsTaken(company.ctx())
  await company.stop()
  return { ...lived, actions, talked, arrived: phones.arrived }
}

interface Company {
  readonly phones: Phones
  readonly talked: readonly Talked[]
  readonly random: () => number
  ctx(): TestCtx
  /** The jobs of the moment, then everybody in turn. */
  live(moment: Pick<Moment, 'n' | 'minute' | 'workday'>): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
}

async function openCompany(options: LivedOptions): Promise<Company> {
  const random = seededRandom(options.seed)
  const talked: Talked[] = []
  let now = (): number => Date.parse(options.from)
  const onPhones = phones(() => now(), random)
  const start = (): Promise<LivedService> =>
    startLivedService({ ...options, at: now(), settings: settingsOf(options), random, phones: onPhones })
  let service = await start()
  now = () => service.ctx.clock.now()
  const people = MEMBERS.map(({ key }) =>
    personOf(key, {
      service: () => service,
      phones: onPhones,
      random: seededRandom(options.seed + numberOf(key)),
      talked,
    }),
  )
  await firstNight(service)
  const customers = await customersOf(service.ctx)
  return {
    phones: onPhones,
    talked,
    random,
    ctx: () => service.ctx,
    async live(moment) {
      onPhones.failing = moment.minute < FAILS_UNTIL ? FAILING : 0
      await service.settle()
      if (moment.minute === SCORE_MINUTE) return
      for (const person of people) {
        const now = service.ctx.clock.now()
        await PERSONAS[person.key]?.(person, { ...moment, now, customers: customers.get(person.key) ?? [] })
      }
    },
    async restart() {
      await service.stop()
      service = await start()
    },
    stop: () => service.stop(),
  }
}

function settingsOf({ customers, seed }: LivedOptions): unknown {
  const segment = (definition: string, expectedGapDays: number) => ({ definition, expectedGapDays })
  return {
    demo: { enabled: true, customers, seed },
    push: TIGHT,
    scoring: {
      segments: {
        default: segment('own-cycle', 60),
        包装耗材: segment('own-cycle', 30),
        设备备件: segment('own-cycle', 75),
        年度服务: segment('saas', 60),
      },
    },
  }
}

/** What the directory says of somebody who left. */
async function leaves(ctx: TestCtx, key: string): Promise<void> {
  await ctx.db.updateTable('members').set({ active: 0 }).where('source_key', '=', key).execute()
}

/** Short names of everybody's customers. */
async function customersOf(ctx: TestCtx): Promise<Map<string, string[]>> {
  const rows = await ctx.db
    .selectFrom('customers')
    .innerJoin('members', 'members.id', 'customers.owner_id')
    .select(['customers.name', 'customers.short_name', 'members.source_key'])
    .orderBy('customers.id')
    .execute()
  const customers = new Map<string, string[]>()
  for (const { name, short_name, source_key } of rows) {
    customers.set(source_key, [...(customers.get(source_key) ?? []), short_name ?? name])
  }
  return customers
}

async function actionsTaken(ctx: TestCtx): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom('case_log')
    .select((eb) => ['action', eb.fn.countAll().as('n')])
    .groupBy('action')
    .execute()
  return new Map(rows.map(({ action, n }) => [action, Number(n)]))
}

function numberOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE(0)
}

async function outboxHash(ctx: TestCtx): Promise<string> {
  const rows = await ctx.db.selectFrom('outbox').selectAll().orderBy('seq').orderBy('id').execute()
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}
