import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import { type Fault, faultError, faultOf, STOP_MS } from './codes.ts'
import { createLimits, type Limits } from './limits.ts'
import type { WecomRobot, WecomWords } from './ports.ts'
import { Outcome } from './schema.ts'
import { createTransport } from './transport.ts'
import type { RobotMessage } from './webhook-render.ts'

export interface WebhookApiParts {
  readonly baseUrl: string
  readonly clock: Clock
  readonly words: Pick<WecomWords, 'codes' | 'kinds'>
  /** Hears of every refusal, and null when a message of the robot arrived. */
  readonly heard: (robot: string, problem: string | null) => void
}

export interface WebhookApi {
  /** Counts messages of a robot. @throws AppError `busy` when the platform would refuse them */
  take(robot: WecomRobot, messages: number): void
  send(robot: WecomRobot, message: RobotMessage): Promise<void>
}

const API = 'webhook/send'
const TIMEOUT_MS = 15_000
/** One robot may send 20 messages a minute; more is refused with 45009. */
const ROBOT_LIMITS = [{ windowMs: 60_000, count: 20 }] as const

/** The one call of group robots. Every robot has limits, pauses and a key of its own, and there are no tokens. */
export function createWebhookApi({ baseUrl, clock, words, heard }: WebhookApiParts): WebhookApi {
  const transport = createTransport(baseUrl)
  const limits: Limits = createLimits(clock, ROBOT_LIMITS)

  function refused(robot: WecomRobot, fault: Fault): AppError {
    const say = words.codes[fault.errcode] ?? words.kinds[fault.kind]
    heard(robot.name, `${fault.errcode}: ${say}`)
    return faultError(API, fault, say, fault.action === 'pause' ? limits.pauseApi(robot.name) : STOP_MS)
  }

  return {
    take(robot, messages) {
      limits.checkApi(robot.name)
      limits.takeMember(robot.name, messages)
    },
    async send(robot, message) {
      limits.checkApi(robot.name)
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const query = { key: robot.key }
      const answer = Outcome.safeParse(
        await transport({ api: API, method: 'POST', query, body: message, signal }),
      )
      if (!answer.success)
        throw new AppError('upstream', `the answer of WeCom ${API} is not what is documented`)
      if (answer.data.errcode !== 0) throw refused(robot, faultOf(answer.data.errcode))
      limits.worked(robot.name)
      heard(robot.name, null)
    },
  }
}
