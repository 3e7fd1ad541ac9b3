import { z } from 'zod'
import type { UpdateToken } from '../../src/model/chat.ts'

/** What a pressed card of the robot needs to be changed, within five seconds after the press. */
const RobotToken = z.strictObject({
  /** The id of the event. */
  robot: z.string().min(1),
  task: z.string().min(1),
  /** The id of the request on the long connection; empty in callback mode. */
  way: z.string(),
  at: z.number(),
})
export type RobotToken = z.infer<typeof RobotToken>

/** Null for a token that is none of the robot's. */
export function robotToken(token: UpdateToken): RobotToken | null {
  const parsed = RobotToken.safeParse(token)
  return parsed.success ? parsed.data : null
}
