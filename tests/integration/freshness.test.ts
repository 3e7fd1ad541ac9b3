import { expect, it } from 'vitest'
import { checkFreshness } from '../../src/sync/freshness.ts'
import { nightly } from '../support/nightly-feed.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

async function feed(days: readonly string[], rows: (day: string) => number) {
  const ctx = await sqliteCtx({ at: Date.parse('2026-11-01T00:00:00+08:00') })
  for (const day of days) await nightly(ctx, day, rows(day))
  const morning = (day: string) => {
    ctx.clock.advanceTo(Date.parse(`${day}T09:00:00+08:00`))
    return checkFreshness(ctx)
  }
  return { ctx, morning }
}

const WEEKS = Array.from({ length: 14 }, (_, i) => `2026-11-${String(i + 3).padStart(2, '0')}`)
const weekend = (day: string) => ['08', '09', '15', '16'].includes(day.slice(-2))

it('a healthy nightly feed is fresh, on Mondays too', async () => {
  const { morning } = await feed(WEEKS, (day) => (weekend(day) ? 5 : 100))
  expect(await morning('2026-11-16')).toEqual({ ok: true, problems: [] })
})

it('a feed that stopped is stale after two workdays without facts, and fresh again by itself', async () => {
  const { ctx, morning } = await feed(WEEKS, (day) => (weekend(day) ? 5 : 100))
  expect(await morning('2026-11-17')).toMatchObject({ ok: true })
  expect(await morning('2026-11-18')).toMatchObject({
    ok: false,
    problems: [{ source: 'erp', entity: 'events', kind: 'stale', days: 2 }],
  })
  await nightly(ctx, '2026-11-19', 100)
  expect(await morning('2026-11-19')).toMatchObject({ ok: true })
})

it('a load of less than half of the usual is half-empty', async () => {
  const { morning } = await feed(WEEKS, (day) => (day === '2026-11-14' ? 40 : 100))
  expect(await morning('2026-11-16')).toMatchObject({
    ok: false,
    problems: [{ kind: 'half-empty', rows: 40, usual: 100 }],
  })
})

it('a log imported once is history, not a feed that stopped', async () => {
  const { morning } = await feed(['2026-11-03', '2026-11-03'], () => 1000)
  expect(await morning('2026-11-27')).toEqual({ ok: true, problems: [] })
})
