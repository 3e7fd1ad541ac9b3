import { describe, expect, it } from 'vitest'
import { customerCard } from '../../src/cards/customer.ts'
import { ownCycleChart } from '../../src/cards/own-cycle-chart.ts'
import { drawChart, svgOf } from '../../src/charts/draw-chart.ts'
import { fontProblem } from '../../src/charts/font-problem.ts'
import { CHART_SIZES, type Chart } from '../../src/model/card.ts'
import { dayFromParts } from '../../src/model/day.ts'
import { factOf } from '../../src/model/fact-kinds.ts'
import type { Evidence } from '../../src/model/score.ts'
import { textFor } from '../../src/text/index.ts'
import { fc } from '../support/fast-check.ts'

const text = textFor('zh-CN')
const FIRST = dayFromParts(2026, 3, 1) ?? 0
/** Gaps of 28, 35, 31, 44, 29, 30 and 33 days. */
const ORDERS = [0, 28, 63, 94, 138, 167, 197, 230].map((days) => FIRST + days)
const LAST = FIRST + 230

function overdue(silence: number, points = 60): Evidence {
  const values = { typical: 31, orders: 8, longest: 44, silence }
  return { signal: 'overdue', points, facts: [factOf('own-cycle', LAST, values, null)] }
}

function chartOf(
  orders: readonly number[],
  asOf: number,
  evidence: readonly Evidence[] = [],
): Chart | undefined {
  return ownCycleChart(orders, asOf, evidence, text).chart
}

describe('the own-cycle chart of a card', () => {
  it('says the numbers of the sentence beside it, as of the same day', () => {
    // The score is of the day before the card.
    expect(chartOf([...ORDERS, LAST + 53], LAST + 53, [overdue(52)])).toEqual({
      kind: 'own-cycle',
      alt: '最近 7 次下单间隔 28、35、31、44、29、30、33 天，通常 31 天；今天第 52 天。',
      orders: ORDERS,
      typical: 31,
      asOf: LAST + 52,
      late: true,
    })
  })

  it('is calm where the silence is no reason of the risk, or lowers it', () => {
    expect(chartOf(ORDERS, LAST + 12)).toMatchObject({ asOf: LAST + 12, late: false })
    expect(chartOf(ORDERS, LAST + 52, [overdue(52, -9)])).toMatchObject({ late: false })
    expect(chartOf(ORDERS, LAST + 12, [overdue(12, 9)])).toMatchObject({ late: false })
  })

  it('needs three order days, shows eight gaps, and measures the usual gap over all of them', () => {
    expect(chartOf(ORDERS.slice(0, 2), LAST)).toBeUndefined()
    expect(chartOf(ORDERS.slice(0, 3), LAST)).toBeDefined()
    const long = [...Array.from({ length: 20 }, (_, i) => FIRST - 200 + i * 10), ...ORDERS]
    expect(chartOf(long, LAST)).toMatchObject({ orders: long.slice(-9), typical: 10 })
  })

  it('stands on a card that must give up lines', () => {
    const card = customerCard(
      {
        id: 1,
        name: '长'.repeat(400),
        ownerName: null,
        score: null,
        orders: [],
        touches: [],
        complaints: [],
        contacts: [],
        nextOn: null,
        openCase: null,
        orderDays: ORDERS,
        today: LAST + 3,
      },
      text,
    )
    expect(card.chart).toMatchObject({ kind: 'own-cycle', asOf: LAST + 3 })
  })
})

describe('the picture of an own cycle', () => {
  const late: Chart = {
    kind: 'own-cycle',
    alt: '',
    orders: ORDERS,
    typical: 31,
    asOf: LAST + 52,
    late: true,
  }

  it('shows every gap, the usual one and today’s silence, in the language of the reader', () => {
    for (const word of ['28', '35', '44', '33', '通常', '31 天', '第 52 天', '今天', '10/17']) {
      expect(svgOf(late, text)).toContain(`>${word}<`)
    }
    for (const word of ['usual', 'day 52', 'now', '17 Oct']) {
      expect(svgOf(late, textFor('en'))).toContain(`>${word}<`)
    }
  })

  it('tells a warning by its colour too', () => {
    expect(svgOf(late, text)).toContain('#cc4a06')
    expect(svgOf({ ...late, late: false }, text)).not.toContain('#cc4a06')
  })

  it('is a PNG of twice its size, small enough for a phone', () => {
    const png = drawChart(late, text)
    const { width, height } = CHART_SIZES[late.kind]
    // The header of a PNG: width and height stand at fixed places.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width, 2 * height])
    expect(png.length).toBeLessThan(60_000)
  })

  it('can be drawn from whatever gaps there are', () => {
    const days = fc.uniqueArray(fc.integer({ min: FIRST - 9_000, max: FIRST }), {
      minLength: 3,
      maxLength: 9,
    })
    fc.assert(
      fc.property(days, fc.nat(4_000), fc.nat(4_000), fc.boolean(), (days, silence, typical, late) => {
        const orders = days.toSorted((a, b) => a - b)
        const asOf = (orders.at(-1) ?? 0) + silence
        const svg = svgOf({ kind: 'own-cycle', alt: '', orders, typical, asOf, late }, text)
        expect(svg).not.toMatch(/NaN|undefined|Infinity/)
      }),
      { numRuns: 40 },
    )
  })
})

describe('the font', () => {
  it('draws Chinese', async () => {
    expect(await fontProblem()).toBeNull()
  })

  it('is missed when it is not there', async () => {
    expect(await fontProblem(['no-such-font.otf'])).toContain('empty boxes')
  })
})
