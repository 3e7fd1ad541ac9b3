import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { SwappableValues } from '../shared/shared-values.ts'
import { createWindows, type Window } from '../shared/windows.ts'
import { DINGTALK_ROBOT } from './schema.ts'

/** What is counted when a call begins may arrive so much later. */
export const CALL_TIMEOUT_MS = 12_000
/** The platform takes 20 messages a minute of a robot, and makes it rest for ten minutes after one more. */
export const ROBOT_WINDOW: Window = { windowMs: 60_000 + CALL_TIMEOUT_MS, count: 20 }

export interface RobotLimits {
  /** Counts a message of a robot. @throws AppError `busy` when the platform would refuse it, or while the robot rests */
  take(robot: string): Promise<void>
  rest(robot: string, ms: number): void
}

/** How often all processes together use a robot, and what the platform refused for a while, in this process. */
export function createRobotLimits(clock: Clock, shared: Pick<SwappableValues, 'get' | 'swap'>): RobotLimits {
  const windows = createWindows({ clock, shared, name: DINGTALK_ROBOT, windows: [ROBOT_WINDOW] })
  const resting = new Map<string, number>()

  return {
    async take(robot) {
      const rest = (resting.get(robot) ?? 0) - clock.now()
      const wait = rest > 0 ? rest : (await windows.take(robot, { least: 1, most: 1 })).waitMs
      if (wait <= 0) return
      throw new AppError('busy', 'a DingTalk group robot rests', { retryAfterMs: wait, halt: 'pause' })
    },
    rest(robot, ms) {
      resting.set(robot, clock.now() + ms)
    },
  }
}
