import { calendarFor } from '../calendar.ts'
import { type MovableClock, movableClock, systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { getState, setState } from '../store/state.ts'
import { connectorsOf } from '../sync/connectors/index.ts'
import { DEMO_START } from '../sync/demo/index.ts'
import { seedDemoChats } from '../sync/demo/seed-chats.ts'
import { runSync } from '../sync/run-sync.ts'

const CLOCK_OFFSET = 'demo.clock-offset'
/** A rep opens chat a moment after work started, so that the first digest is there. */
const FIRST_MOMENT_MINUTES = 1

/** The demo's clock: it starts on the first demo Monday and goes on from where it was after a restart. */
export async function demoClock(ctx: Omit<Ctx, 'clock'>): Promise<MovableClock> {
  const stored = await getState({ ...ctx, clock: systemClock }, CLOCK_OFFSET)
  if (stored !== null) return movableClock(Number(stored))
  const calendar = calendarFor(ctx.settings)
  const start = calendar.instant(DEMO_START, calendar.workStart + FIRST_MOMENT_MINUTES)
  const clock = movableClock(start - systemClock.now())
  await setState({ ...ctx, clock }, CLOCK_OFFSET, String(clock.offset()))
  return clock
}

/** Fills an empty demo database; a second call loads only what the demo company did since. */
export async function seedDemo(ctx: Ctx): Promise<void> {
  for (const connector of connectorsOf(ctx)) await runSync(ctx, connector)
  await seedDemoChats(ctx)
}

/** Moves the demo clock to the start of the next workday and remembers it. */
export async function advanceToNextWorkday(ctx: Ctx, clock: MovableClock): Promise<void> {
  const calendar = calendarFor(ctx.settings)
  const next = calendar.nextWorkday(calendar.dayOf(clock.now()))
  clock.advanceTo(calendar.instant(next, calendar.workStart + FIRST_MOMENT_MINUTES))
  await setState(ctx, CLOCK_OFFSET, String(clock.offset()))
}
