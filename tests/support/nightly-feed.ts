import { calendarFor } from '../../src/calendar.ts'
import { dayFromIso } from '../../src/model/day.ts'
import { finishRun, noteProgress, startRun } from '../../src/store/import-runs.ts'
import type { TestCtx } from './test-ctx.ts'

/** Loads at 02:00 of `day`, with facts up to the evening before. */
export async function nightly(ctx: TestCtx, day: string, rows: number): Promise<void> {
  const calendar = calendarFor(ctx.settings)
  const today = dayFromIso(day) ?? 0
  ctx.clock.advanceTo(calendar.instant(today, 120))
  const runId = await startRun(ctx, { source: 'erp', entity: 'events', file: 'f', digest: null })
  const counts = { read: rows, added: rows, changed: 0, unchanged: 0, rejected: 0 }
  await noteProgress(ctx, runId, counts, calendar.instant(today - 1, 20 * 60))
  await finishRun(ctx, runId, null)
}
