import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../src/calendar.ts'
import { dayFromIso, isoFromDay } from '../../src/model/day.ts'
import { Settings } from '../../src/settings.ts'
import { followUpRate } from '../../src/stats/follow-up-rate.ts'
import { parsePeriod } from '../../src/stats/period.ts'
import type { AnsweredCase } from '../../src/store/answered-cases.ts'
import { fc } from '../support/fast-check.ts'

const calendar = createCalendar(Settings.parse({}).business)

function at(wall: string): number {
  return Date.parse(`${wall.replace(' ', 'T')}:00+08:00`)
}

function one(given: {
  opened?: string
  due: string
  answered?: string
  state?: AnsweredCase['state']
  recovered?: string
}): AnsweredCase {
  const { opened = '2026-11-16 09:00', due, answered, state = 'open', recovered } = given
  return {
    ...{ customerId: 1, customerName: '华联', ownerName: '王芳', state },
    ...{ openedAt: at(opened), slaDueAt: at(due), answeredAt: answered ? at(answered) : null },
    recoveredAt: recovered ? at(recovered) : null,
  }
}

describe('the follow-up rate, by hand (A107, A115)', () => {
  const now = at('2026-11-20 12:00')
  const cases = [
    one({ due: '2026-11-19 18:00', answered: '2026-11-16 11:00' }),
    one({ due: '2026-11-19 18:00', answered: '2026-11-16 14:30' }),
    one({ due: '2026-11-19 18:00', answered: '2026-11-20 09:00' }),
    one({ due: '2026-11-19 18:00' }),
    one({ due: '2026-11-23 18:00' }),
    one({ due: '2026-11-23 18:00', answered: '2026-11-17 09:00' }),
    one({ due: '2026-11-19 18:00', state: 'false-alarm' }),
  ]

  it('is 3 of 5: late ones count against it, false alarms and what is still in time do not', () => {
    const figures = followUpRate(cases, now, calendar)
    expect(figures).toMatchObject({
      judged: 5,
      inTime: 3,
      rate: 0.6,
      pending: 1,
      falseAlarms: 1,
      enough: false,
    })
    expect(figures.late.map((each) => each.answeredAt)).toEqual([at('2026-11-20 09:00'), null])
    // 2 h, 3 h and 1 h over lunch, 7.5 h, and four days of 7.5 h.
    expect(figures.response).toEqual({ median: 240, p90: 1_800, n: 4 })
  })

  it('leaves out what recovered by itself in time; after its time, or answered, it counts', () => {
    const due = '2026-11-19 18:00'
    const more = [
      one({ due, state: 'expired', recovered: '2026-11-18 09:00' }),
      one({ due, state: 'expired', recovered: '2026-11-20 09:00' }),
      // Closed by a person, or after weeks without an answer.
      one({ due, state: 'expired' }),
      one({ due, state: 'expired', answered: '2026-11-17 09:00', recovered: '2026-11-18 09:00' }),
    ]
    expect(followUpRate([...cases, ...more], now, calendar)).toMatchObject({
      judged: 8,
      inTime: 4,
      recovered: 1,
      falseAlarms: 1,
    })
  })

  it('says nothing without a base', () => {
    expect(followUpRate([], now, calendar)).toMatchObject({ rate: null, interval: null, response: null })
  })
})

describe('work time between two instants', () => {
  it.each([
    ['2026-11-20 17:00', '2026-11-23 09:30', 90],
    ['2026-11-23 11:00', '2026-11-23 14:00', 90],
    ['2026-11-21 10:00', '2026-11-22 10:00', 0],
    ['2026-09-30 17:00', '2026-10-08 10:00', 120],
    ['2026-11-23 10:00', '2026-11-23 09:00', 0],
  ])('%s to %s', (from, to, minutes) => {
    expect(calendar.workMinutesBetween(at(from), at(to))).toBe(minutes)
  })

  it('is what was added', () => {
    const instants = fc.integer({ min: at('2026-01-01 00:00'), max: at('2026-12-31 00:00') })
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 3_000 }), (from, minutes) => {
        expect(calendar.workMinutesBetween(from, calendar.addWorkMinutes(from, minutes))).toBeCloseTo(
          minutes,
          6,
        )
      }),
    )
  })
})

describe('weeks as periods', () => {
  it.each([
    ['上周', '2026-11-16', '2026-11-22'],
    ['本周', '2026-11-23', '2026-11-29'],
    ['last week', '2026-11-16', '2026-11-22'],
  ])('%s', (words, from, to) => {
    const period = parsePeriod(words, dayFromIso('2026-11-29') ?? 0)
    expect(period && [isoFromDay(period.from), isoFromDay(period.to)]).toEqual([from, to])
  })
})
