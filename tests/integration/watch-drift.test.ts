import { copyFileSync } from 'node:fs'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { watchDrift } from '../../src/jobs/watch-drift.ts'
import type { Card } from '../../src/model/card.ts'
import { checkDrift } from '../../src/scoring/propose/check-drift.ts'
import { decide } from '../../src/scoring/propose/decide.ts'
import { proposeScorer } from '../../src/scoring/propose/propose-scorer.ts'
import { inventedOrders } from '../support/invented-orders.ts'
import { activate } from '../support/live-version.ts'
import { addOrders, FIRST_DAY, inventCompany } from '../support/order-company.ts'
import { addMember } from '../support/people.ts'
import { tempFolder } from '../support/temp-files.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const DAYS = 620
const HORIZON = 60
const AS_OF = FIRST_DAY + DAYS
const CUSTOMERS = 500
/** What becomes of everybody, the days after the model was trained included. */
const LIFE = inventedOrders({ customers: CUSTOMERS, lastDay: DAYS + HORIZON })
const never = new AbortController().signal
/** 12:40 on the day after `day`. */
const slotAfter = (day: number): number => (day + 1) * 86_400_000 + 4 * 3_600_000 + 40 * 60_000

let ctx: TestCtx & { close(): Promise<void> }
let ids: number[]

/** Trained once: every test begins with a copy. */
const files = tempFolder()
const settings = { scoring: { horizonDays: HORIZON } }

beforeAll(async () => {
  ctx = await sqliteCtx({ at: slotAfter(AS_OF), settings, file: files.path('trained.db') })
  await addMember(ctx, { role: 'admin' })
  ids = await inventCompany(ctx, { customers: CUSTOMERS, lastDay: 0 })
  await addOrders(
    ctx,
    ids,
    LIFE.filter(({ day }) => day <= DAYS),
  )
  const { version } = await proposeScorer(ctx, { asOf: AS_OF, due: 'asked' })
  expect(await decide(ctx, { kind: 'accept', version: version.id }, null)).toBe(true)
  await ctx.close()
})

beforeEach(async (test) => {
  const file = files.path(`${test.task.id}.db`)
  copyFileSync(files.path('trained.db'), file)
  ctx = await sqliteCtx({ at: slotAfter(AS_OF), settings, file })
})
afterEach(() => ctx.close())

async function cards(): Promise<Card[]> {
  const rows = await ctx.db.selectFrom('outbox').select('card_json').where('id', 'like', 'drift:%').execute()
  return rows.map((row) => JSON.parse(row.card_json))
}

it('is silent while the company is the one that the model was trained on, and with the rules', async () => {
  expect(await watchDrift.run(ctx, slotAfter(AS_OF), never)).toEqual({ active: 1, moved: 0, told: 0 })
  expect(await cards()).toEqual([])
  await decide(ctx, { kind: 'rules' }, null)
  expect(await watchDrift.run(ctx, slotAfter(AS_OF), never)).toEqual({ active: 0 })
})

it('tells once when the customers stop ordering, with the evidence', async () => {
  // Nobody orders for 50 days: silence has moved away from what the model has seen.
  const later = AS_OF + 50
  const counts = await watchDrift.run(ctx, slotAfter(later), never)
  expect(counts.told).toBe(1)
  await watchDrift.run(ctx, slotAfter(later), never)
  const told = await cards()
  expect(told).toHaveLength(1)
  const facts = told[0]?.facts?.join('\n') ?? ''
  expect(facts).toContain('沉默天数分布变化明显（PSI ')
  expect(facts).not.toMatch(/^合作时长分布/m)
  expect(told[0]?.actions?.map(({ label }) => label)).toEqual(['重新评估', '看报告'])
})

it('judges the risk by what came, once a horizon has passed', async () => {
  expect((await checkDrift(ctx, AS_OF + HORIZON - 1))?.matured).toBeNull()
  const none = (await checkDrift(ctx, AS_OF + HORIZON))?.matured
  expect(none).toMatchObject({ asOf: AS_OF, churnRate: 1, levelOff: true })

  await addOrders(
    ctx,
    ids,
    LIFE.filter(({ day }) => day > DAYS),
  )
  const lived = (await checkDrift(ctx, AS_OF + HORIZON))?.matured
  // Those of a single order too, of whom the cards say nothing: the back-test judged them.
  const buyers = new Set(LIFE.filter(({ day }) => day <= DAYS).map(({ customer }) => customer))
  expect(lived?.customers).toBe(buyers.size)
  expect(lived?.churnRate).toBeLessThan(0.9)
  expect(lived?.auc).toBeGreaterThan(0.6)
  expect(Math.abs((lived?.meanRisk ?? 0) - (lived?.churnRate ?? 1))).toBeLessThan(0.2)
})

it('says nothing of a version that gave its place to the rules because it speaks of other days', async () => {
  const settings = { ...ctx.settings, scoring: { ...ctx.settings.scoring, horizonDays: HORIZON + 30 } }
  expect(await checkDrift({ ...ctx, settings }, AS_OF + HORIZON)).toBeNull()
})

it('says nothing of a version that this program cannot read', async () => {
  await activate(ctx, AS_OF, { of: 'another program' })
  expect(await checkDrift(ctx, AS_OF)).toBeNull()
})
