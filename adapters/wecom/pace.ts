import { AppError } from '../../src/errors.ts'
import { createDayBudget, type DayBudgetParts } from '../shared/day-budget.ts'
import { createWindows, type Window, type WindowsParts } from '../shared/windows.ts'

/** What is counted when a send begins may arrive so much later: the dispatcher's patience with a send. */
const ARRIVAL_MS = 20_000

/**
 * One app may send one member 30 messages a minute and 1000 an hour; what comes beyond is dropped without an error. The
 * smart robot has the same limits for a conversation.
 */
export const RECEIVER_WINDOWS: readonly Window[] = [
  { windowMs: 60_000 + ARRIVAL_MS, count: 30 },
  { windowMs: 3_600_000 + ARRIVAL_MS, count: 1000 },
]

/** One group robot may send 20 messages a minute; more is refused with 45009. */
export const ROBOT_WINDOWS: readonly Window[] = [{ windowMs: 60_000 + ARRIVAL_MS, count: 20 }]

/** An app may send 200 messages a day for every account that its company may have (帐号上限). */
const A_DAY_FOR_AN_ACCOUNT = 200

/** Counts messages before they are sent. @throws AppError `busy` when the platform would drop or refuse them */
export type TakePace = (receiver: string, messages: number) => Promise<void>

/** What one receiver may get, from all processes together. */
export function createPace(parts: WindowsParts): TakePace {
  const windows = createWindows(parts)
  return async (receiver, messages) => {
    const { waitMs } = await windows.take(receiver, { least: messages, most: messages })
    if (waitMs === 0) return
    const message = 'the receiver has got as many messages as WeCom delivers'
    throw new AppError('busy', message, { retryAfterMs: waitMs, halt: 'pause' })
  }
}

/** The conversations of the smart robot. */
export function createRobotPace({ clock, shared }: Pick<WindowsParts, 'clock' | 'shared'>): TakePace {
  return createPace({ clock, shared, name: 'wecom-aibot', windows: RECEIVER_WINDOWS })
}

/** What a whole app may send on one day; null accounts: nobody said how many there are, and WeCom refuses the rest. */
export function createAppDay({
  accounts,
  say,
  ...parts
}: Omit<DayBudgetParts, 'perDay'> & { accounts: number | null; say: string }): (
  messages: number,
) => Promise<void> {
  if (accounts === null) return async () => undefined
  const take = createDayBudget({ ...parts, perDay: accounts * A_DAY_FOR_AN_ACCOUNT })
  return async (messages) => {
    const retryAfterMs = await take(messages)
    if (retryAfterMs === 0) return
    const data = { code: 'day-full' }
    throw new AppError('busy', 'the app has sent all of its day', { retryAfterMs, halt: 'stop', say, data })
  }
}
