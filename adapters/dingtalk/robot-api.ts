import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { AppError } from '../../src/errors.ts'
import { type Fault, faultError, faultOf } from './codes.ts'
import { CALL_TIMEOUT_MS, createRobotLimits } from './robot-limits.ts'
import type { DingtalkRobot, DingtalkRobotPorts } from './robot-ports.ts'
import type { RobotMessage } from './robot-render.ts'
import { transport } from './transport.ts'

export interface RobotApiParts
  extends Pick<DingtalkRobotPorts, 'baseUrl' | 'clock' | 'shared' | 'words' | 'spend'> {
  /** Hears of every refusal, and null when a message of the robot arrived. */
  readonly heard: (robot: string, problem: string | null) => void
}

export interface RobotApi {
  /**
   * `messageId` is the platform's key of a repeat: an attempt without an answer may be made again.
   * @throws AppError with a halt while the robot rests or may send no more within this minute
   */
  send(robot: DingtalkRobot, message: RobotMessage, messageId: string): Promise<void>
}

const API = 'robot/send'
/** Which of the security settings refused a message (310000), by the platform's own words. */
const SECURITY: readonly (readonly [RegExp, string])[] = [
  [/keyword/i, 'keyword'],
  [/timestamp/i, 'timestamp'],
  [/sign/i, 'sign'],
  [/\bip\b/i, 'ip'],
]
const Refusal = z.looseObject({ errmsg: z.string() })

/** The one call of group robots. Each has limits, pauses and a key of its own. */
export function createRobotApi({ baseUrl, clock, shared, words, spend, heard }: RobotApiParts): RobotApi {
  const limits = createRobotLimits(clock, shared)

  function addressOf({ accessToken, secret }: DingtalkRobot): URL {
    const url = new URL('/robot/send', baseUrl)
    url.searchParams.set('access_token', accessToken)
    if (secret === null) return url
    const timestamp = String(clock.now())
    url.searchParams.set('timestamp', timestamp)
    url.searchParams.set('sign', signature(timestamp, secret))
    return url
  }

  function refused(robot: DingtalkRobot, fault: Fault, body: unknown): AppError {
    const say = words.codes[causeOf(fault.code, body)] ?? words.codes[fault.code] ?? words.kinds[fault.kind]
    heard(robot.name, `${fault.code}: ${say}`)
    if (fault.waitMs > 0) limits.rest(robot.name, fault.waitMs)
    return faultError(API, fault, say)
  }

  return {
    async send(robot, message, messageId) {
      await limits.take(robot.name)
      const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
      const body = { ...message, msgUuid: messageId }
      const answer = await transport({ api: API, method: 'POST', url: addressOf(robot), body, signal })
      const fault = faultOf(answer)
      // What the platform slows down it does not count.
      if (fault?.kind !== 'rate') spend()
      if (fault) throw refused(robot, fault, answer.body)
      heard(robot.name, null)
    },
  }
}

/** As the security setting 加签 wants it. */
export function signature(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
}

function causeOf(code: string, body: unknown): string {
  const parsed = Refusal.safeParse(body)
  const cause = parsed.success ? SECURITY.find(([words]) => words.test(parsed.data.errmsg)) : undefined
  return `${code} ${cause?.[1] ?? ''}`
}
