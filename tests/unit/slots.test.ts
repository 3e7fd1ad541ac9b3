import { CronExpressionParser } from 'cron-parser'
import { describe, expect, it } from 'vitest'
import { jobs } from '../../src/jobs/index.ts'
import { latestSlotBefore } from '../../src/jobs/slots.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const START = Date.parse('2026-02-27T23:58:30+08:00')

describe('the latest slot', () => {
  const crons = jobs.flatMap(({ cron }) => (typeof cron === 'string' ? [cron] : []))

  it.each([...new Set([...crons, '0 0 29 2 *'])])(
    '%s: the same whether it is asked for the first time or again, forwards or backwards',
    (cron) => {
      const instants = [
        0,
        30_000,
        MINUTE,
        90_000,
        DAY / 2,
        DAY,
        3 * DAY,
        45 * DAY,
        DAY,
        MINUTE - 30_000,
        0,
        -DAY,
      ]
      for (const zone of ['Asia/Shanghai', 'Europe/Berlin']) {
        for (const after of instants) {
          const at = START + after
          const fresh = CronExpressionParser.parse(cron, { tz: zone, currentDate: new Date(at + 1) }).prev()
          expect(latestSlotBefore(cron, zone, at)).toBe(fresh.getTime())
        }
      }
    },
  )

  it('is the instant itself when that is one', () => {
    const nine = Date.parse('2026-11-23T09:00:00+08:00')
    expect(latestSlotBefore('0 9 * * *', 'Asia/Shanghai', nine)).toBe(nine)
    expect(latestSlotBefore('0 9 * * *', 'Asia/Shanghai', nine - 1)).toBe(nine - DAY)
  })
})
