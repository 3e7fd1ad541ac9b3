import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadSettings } from '../../src/config.ts'
import { type Day, dayFromIso } from '../../src/model/day.ts'
import type { SourceRow } from '../../src/sync/connector.ts'
import { DEMO_DEFAULTS, DEMO_START, demoConnector, demoTruth } from '../../src/sync/demo/index.ts'

const { seed, customers } = DEMO_DEFAULTS

async function pulled(today: Day, options: { cursor?: string; customers?: number } = {}) {
  const connector = demoConnector({ seed, customers: options.customers ?? customers, today: () => today })
  const rows: SourceRow[] = []
  let cursor = options.cursor ?? null
  for await (const page of connector.pull(cursor, new AbortController().signal)) {
    rows.push(...page.rows)
    cursor = page.next
  }
  return { rows, cursor }
}

const firstMorning = await pulled(DEMO_START)
const events = firstMorning.rows.filter((row) => row.entity === 'events').map((row) => row.values)
const surveys = firstMorning.rows.filter((row) => row.entity === 'surveys').map((row) => row.values)
const truth = demoTruth(seed, customers)

function dayOf(values: Readonly<Record<string, string>>): Day {
  const day = dayFromIso((values.at ?? '').slice(0, 10))
  if (day === null) throw new Error(`no day in ${values.at}`)
  return day
}

function eventsOf(customer: string, kind: string, from = 0, to = Number.MAX_SAFE_INTEGER) {
  return events.filter((one) => {
    return one.customer === customer && one.kind === kind && dayOf(one) >= from && dayOf(one) <= to
  })
}

describe('the demo company', () => {
  it('is the same on every machine: golden digest of the first pull', () => {
    const text = firstMorning.rows.map(({ entity, values }) => JSON.stringify([entity, values])).join('\n')
    expect(createHash('sha256').update(text).digest('hex')).toMatchInlineSnapshot(
      `"d3175ba8593a57cbbe8e0579a8d67f81060bdc16ba41185fe51120d8337d6903"`,
    )
  })

  it('has the size of a real small distributor', () => {
    const count = (entity: string) => firstMorning.rows.filter((row) => row.entity === entity).length
    expect(count('members')).toBe(14)
    expect(count('customers')).toBeGreaterThan(570)
    expect(events.length).toBeGreaterThan(40_000)
    expect(events.length).toBeLessThan(65_000)
    expect(surveys.length).toBeGreaterThan(1_000)
  })

  it('gives a customer the same life whatever the number of customers', async () => {
    const few = await pulled(DEMO_START, { customers: 20 })
    const mine = (rows: readonly SourceRow[]) =>
      rows
        .filter(({ values }) => values.customer === 'C0007' || values.key === 'C0007')
        .map((row) => row.values)
    expect(mine(few.rows)).toEqual(mine(firstMorning.rows))
  })

  it('knows nothing of today and later', () => {
    const facts = [...events, ...surveys]
    expect(Math.max(...facts.map(dayOf))).toBeLessThan(DEMO_START)
    const shown = firstMorning.rows.flatMap(({ values }) => [values.since, values.from, values.left])
    const days = shown.map((iso) => dayFromIso(iso ?? '')).filter((day) => day !== null)
    expect(Math.max(...days)).toBeLessThan(DEMO_START)
  })

  it('lives on day by day: a later pull goes on after the cursor and ends where one big pull ends', async () => {
    const later = DEMO_START + 120
    const few = { customers: 100 }
    const first = await pulled(DEMO_START, few)
    const facts = (rows: readonly SourceRow[]) => rows.filter((row) => /events|surveys/.test(row.entity))
    const keys = (rows: readonly SourceRow[]) => facts(rows).map((row) => row.values.key ?? '')
    const inSteps: string[] = keys(first.rows)
    let cursor = first.cursor ?? ''
    for (let today = DEMO_START + 1; today <= later; today += 7) {
      const step = await pulled(Math.min(today, later), { ...few, cursor })
      inSteps.push(...keys(step.rows))
      cursor = step.cursor ?? cursor
    }
    inSteps.push(...keys((await pulled(later, { ...few, cursor })).rows))
    expect(inSteps.sort()).toEqual(keys((await pulled(later, few)).rows).sort())
    expect(inSteps.length).toBeGreaterThan(first.rows.length + 800)
  })

  it('says nothing twice: the same day again yields no page', async () => {
    expect((await pulled(DEMO_START, { cursor: firstMorning.cursor ?? '' })).rows).toEqual([])
  })
})

describe('the demo company: what stands in the log', () => {
  it('shows the 春节 lull and the 国庆 lull', () => {
    const ordersIn = (from: string, days: number) => {
      const start = dayFromIso(from) ?? 0
      return events.filter((one) => one.kind === 'order' && dayOf(one) >= start && dayOf(one) < start + days)
        .length
    }
    expect(ordersIn('2026-02-12', 14)).toBeLessThan(0.25 * ordersIn('2026-04-09', 14))
    expect(ordersIn('2026-10-01', 7)).toBeLessThan(0.1 * ordersIn('2026-09-10', 7))
  })

  it('has names that must be told apart: three look-alike pairs and three 张总 with one rep', () => {
    const names = firstMorning.rows
      .filter((row) => row.entity === 'customers')
      .map((row) => row.values.name ?? '')
    expect(new Set(names).size).toBe(names.length)
    for (const pair of [
      ['苏州锐新精密机械有限公司', '苏州锐鑫精密机械有限公司'],
      ['东莞恒达塑胶制品有限公司', '东莞恒达塑料制品有限公司'],
      ['天津宏远食品有限公司', '天津宏远食品科技有限公司'],
    ]) {
      expect(names).toEqual(expect.arrayContaining(pair))
    }
    const ownerOf = new Map(truth.map(({ customer, owner }) => [customer, owner]))
    const zhang = firstMorning.rows
      .filter((row) => row.entity === 'contacts' && row.values.name === '张总')
      .map((row) => ownerOf.get(row.values.customer ?? ''))
    expect(zhang.filter((owner) => owner === 'chenjing')).toHaveLength(3)
  })

  it('buys in segments that the demo configuration knows', () => {
    const { scoring } = loadSettings(fileURLToPath(new URL('../../config/demo.yaml', import.meta.url)), {})
    const segments = new Set(truth.map((one) => one.segment))
    expect([...segments].sort()).toEqual(
      Object.keys(scoring.segments)
        .filter((name) => name !== 'default')
        .sort(),
    )
  })

  it('uses telephone numbers nobody has', () => {
    const phones = firstMorning.rows.map((row) => row.values.phone).filter((phone) => phone)
    expect(phones.length).toBeGreaterThan(1_000)
    for (const phone of phones) expect(phone).toMatch(/^100\d{8}$/)
  })

  it('has a furious customer on the last workday before the first morning, still unsolved', () => {
    const open = truth.filter(({ customer, fate }) => {
      const complaints = eventsOf(customer, 'complaint', DEMO_START - 3)
      return (
        fate === 'upset' &&
        complaints.length > 0 &&
        eventsOf(customer, 'resolved', DEMO_START - 3).length === 0
      )
    })
    expect(open.length).toBeGreaterThanOrEqual(1)
  })
})

describe('the demo company: the truth', () => {
  it('has believable base rates, and every rep some dying customers', () => {
    const share = (fate: string) => truth.filter((one) => one.fate === fate).length / truth.length
    expect(share('dying')).toBeGreaterThan(0.04)
    expect(share('dying')).toBeLessThan(0.11)
    expect(share('lost')).toBeGreaterThan(0.1)
    expect(share('lost')).toBeLessThan(0.2)
    expect(share('stable') + share('growing')).toBeGreaterThan(0.45)
    for (const owner of new Set(truth.map((one) => one.owner))) {
      const dying = truth.filter((one) => one.owner === owner && one.fate === 'dying').length
      expect(dying, owner).toBeGreaterThanOrEqual(2)
      expect(dying, owner).toBeLessThanOrEqual(6)
    }
  })

  it('keeps its word: nothing is bought after the last order of those that go', () => {
    for (const { customer, leaving } of truth) {
      if (leaving) expect(eventsOf(customer, 'order', leaving.lastOrderBy + 1), customer).toEqual([])
    }
  })

  const gone = truth.filter((one) => one.fate === 'dying' || one.fate === 'lost')
  const withCause = (cause: string) => gone.filter(({ leaving }) => leaving?.cause === cause)

  it('service: two complaints that nobody solves', () => {
    for (const { customer, leaving } of withCause('service')) {
      const since = leaving?.since ?? 0
      expect(eventsOf(customer, 'complaint', since, since + 60).length, customer).toBeGreaterThanOrEqual(2)
      expect(eventsOf(customer, 'resolved', since), customer).toEqual([])
    }
  })

  it('competitor: talk of prices in the weeks of the promotion', () => {
    for (const { customer, leaving } of withCause('competitor')) {
      const since = leaving?.since ?? 0
      const talk = eventsOf(customer, 'consult', since, since + 14).map((one) => one.text)
      expect(talk.join(), customer).toMatch(/顺达|做活动|比价|送样|价格/)
    }
  })

  it('buyer-left: the buyer leaves and another one joins', () => {
    const contacts = firstMorning.rows.filter((row) => row.entity === 'contacts').map((row) => row.values)
    for (const { customer } of withCause('buyer-left')) {
      const buyers = contacts.filter((one) => one.customer === customer && one.role === 'buyer')
      expect(
        buyers.filter((one) => one.left !== ''),
        customer,
      ).toHaveLength(1)
      expect(
        buyers.filter((one) => one.from !== ''),
        customer,
      ).toHaveLength(1)
    }
  })

  it('shrinking: the last orders are clearly smaller, over all of them', () => {
    let [before, during] = [0, 0]
    for (const { customer, leaving } of withCause('shrinking')) {
      const amounts = (from: Day, to: Day) =>
        eventsOf(customer, 'order', from, to).map((one) => Number(one.amount))
      const old = amounts(0, (leaving?.since ?? 0) - 1)
      const recent = amounts(leaving?.since ?? 0, Number.MAX_SAFE_INTEGER)
      if (old.length === 0 || recent.length === 0) continue
      before += 1
      during += Math.max(...recent.slice(-1)) / (old.reduce((sum, one) => sum + one, 0) / old.length)
    }
    expect(before).toBeGreaterThan(8)
    expect(during / before).toBeLessThan(0.6)
  })

  it('not-renewing: says so, and the contract ends unrenewed', () => {
    expect(withCause('not-renewing').length).toBeGreaterThan(3)
    for (const { customer, leaving } of withCause('not-renewing')) {
      expect(eventsOf(customer, 'renewal', leaving?.since), customer).toEqual([])
      expect(
        eventsOf(customer, 'consult', leaving?.since)
          .map((one) => one.text)
          .join(),
      ).toMatch(/合同|续约|停掉/)
    }
  })

  it('returned: customers who stayed away for months and bought again before the first morning', () => {
    const back = truth.filter(({ customer, fate }) => {
      const days = eventsOf(customer, 'order').map(dayOf)
      const longest = Math.max(...days.slice(1).map((day, at) => day - (days[at] ?? day)))
      return fate === 'returned' && longest >= 100
    })
    expect(back.length).toBeGreaterThan(4)
  })

  it('silent: traffic dries up with the orders', () => {
    for (const { customer, leaving } of withCause('silent')) {
      expect(eventsOf(customer, 'login', (leaving?.lastOrderBy ?? 0) + 31), customer).toEqual([])
    }
  })
})
