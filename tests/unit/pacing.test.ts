import { expect, it } from 'vitest'
import {
  type Bucket,
  backoffMs,
  ratePerMinute,
  ratePerSecond,
  refilled,
  taken,
  waitFor,
} from '../../src/push/pacing.ts'
import { fc } from '../support/fast-check.ts'

it('never lets more through than burst plus rate, whatever the gaps', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }),
      (perMinute, gaps) => {
        const rate = ratePerMinute(perMinute)
        let bucket: Bucket | undefined
        let now = 0
        let passed = 0
        for (const gap of gaps) {
          now += gap
          const full = refilled(bucket, rate, now)
          const go = waitFor(full, rate) === 0
          if (go) passed++
          bucket = go ? taken(full) : full
        }
        expect(passed).toBeLessThanOrEqual(rate.burst + now * rate.perMs + 1e-6)
      },
    ),
  )
})

it('says exactly how long to wait', () => {
  const rate = ratePerSecond(1)
  const empty = taken(refilled(undefined, rate, 1_000))
  expect(waitFor(empty, rate)).toBe(1_000)
  expect(waitFor(refilled(empty, rate, 1_500), rate)).toBe(500)
  expect(waitFor(refilled(empty, rate, 2_000), rate)).toBe(0)
})

it('backs off exponentially with full jitter up to a ceiling, never below what the platform asked', () => {
  expect(backoffMs(1, 0.5, undefined)).toBe(1_000)
  expect(backoffMs(4, 0.5, undefined)).toBe(8_000)
  expect(backoffMs(60, 1, undefined)).toBe(15 * 60_000)
  expect(backoffMs(1, 0, 90_000)).toBe(90_000)
})
