import { describe, expect, it } from 'vitest'
import { dayFromIso, isoFromDay } from '../../src/model/day.ts'
import { parsePeriod, periodOf } from '../../src/stats/period.ts'

const MONDAY = dayFromIso('2026-11-23') ?? 0
const JANUARY = dayFromIso('2026-01-05') ?? 0

function read(text: string, today = MONDAY): string | null {
  const period = parsePeriod(text, today)
  return period && `${period.label} ${isoFromDay(period.from)} ${isoFromDay(period.to)}`
}

describe('parsePeriod', () => {
  it.each([
    ['本月', '2026-11 2026-11-01 2026-11-30'],
    ['这个月', '2026-11 2026-11-01 2026-11-30'],
    ['上月', '2026-10 2026-10-01 2026-10-31'],
    ['上个月', '2026-10 2026-10-01 2026-10-31'],
    ['本季', '2026Q4 2026-10-01 2026-12-31'],
    ['上季度', '2026Q3 2026-07-01 2026-09-30'],
    ['今年', '2026 2026-01-01 2026-12-31'],
    ['本年', '2026 2026-01-01 2026-12-31'],
    ['去年', '2025 2025-01-01 2025-12-31'],
    ['前年', '2024 2024-01-01 2024-12-31'],
    ['2026-10', '2026-10 2026-10-01 2026-10-31'],
    ['２０２６－１０', '2026-10 2026-10-01 2026-10-31'],
    ['2026/2', '2026-02 2026-02-01 2026-02-28'],
    ['2024年2月', '2024-02 2024-02-01 2024-02-29'],
    ['10月', '2026-10 2026-10-01 2026-10-31'],
    ['12月', '2025-12 2025-12-01 2025-12-31'],
    ['2026Q3', '2026Q3 2026-07-01 2026-09-30'],
    ['2026年第三季度', '2026Q3 2026-07-01 2026-09-30'],
    ['三季度', '2026Q3 2026-07-01 2026-09-30'],
    ['q1', '2026Q1 2026-01-01 2026-03-31'],
    ['2026', '2026 2026-01-01 2026-12-31'],
    ['2025年', '2025 2025-01-01 2025-12-31'],
    ['this month', '2026-11 2026-11-01 2026-11-30'],
    ['Last Quarter', '2026Q3 2026-07-01 2026-09-30'],
    ['last year', '2025 2025-01-01 2025-12-31'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it('goes back over the turn of the year', () => {
    expect(read('上月', JANUARY)).toBe('2025-12 2025-12-01 2025-12-31')
    expect(read('上季', JANUARY)).toBe('2025Q4 2025-10-01 2025-12-31')
  })

  it.each([
    '',
    '华东',
    '13月',
    '2026-13',
    '0月',
    '第五季度',
    '20261',
    'constructor',
    '本',
    '昨天',
    '2026-10-01',
  ])('refuses %j', (text) => {
    expect(parsePeriod(text, MONDAY)).toBeNull()
  })

  it('reads its own labels', () => {
    for (const months of [1, 3, 12] as const) {
      const period = periodOf(MONDAY, months)
      expect(parsePeriod(period.label, JANUARY)).toEqual(period)
    }
  })
})
