import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { SwappableValues } from '../shared/shared-values.ts'
import { type Fault, faultError, faultOf, STOP_MS } from './codes.ts'
import { createLimits } from './limits.ts'
import { createPace, ROBOT_WINDOWS } from './pace.ts'
import type { WecomRobot, WecomWords } from './ports.ts'
import { Outcome } from './schema.ts'
import { createTransport } from './transport.ts'
import type { RobotMessage } from './webhook-render.ts'

export interface WebhookApiParts {
  readonly baseUrl: string
  readonly clock: Clock
  readonly shared: SwappableValues
  readonly words: Pick<WecomWords, 'codes' | 'kinds'>
  /** Hears of every refusal, and null when a message of the robot arrived. */
  readonly heard: (robot: string, problem: string | null) => void
}

export interface WebhookApi {
  /** Counts messages of a robot. @throws AppError `busy` when the platform would refuse them */
  take(robot: WecomRobot, messages: number): Promise<void>
  send(robot: WecomRobot, message: RobotMessage): Promise<void>
}

const API = 'webhook/send'
const TIMEOUT_MS = 15_000

/** The one call of group robots. Every robot has limits, pauses and a key of its own, and there are no tokens. */
export function createWebhookApi({ baseUrl, clock, shared, words, heard }: WebhookApiParts): WebhookApi {
  const transport = createTransport(baseUrl)
  const limits = createLimits(clock)
  const takeRobot = createPace({ clock, shared, name: 'wecom-robot', windows: ROBOT_WINDOWS })

  function refused(robot: WecomRobot, fault: Fault): AppError {
    const say = words.codes[fault.errcode] ?? words.kinds[fault.kind]
    heard(robot.name, `${fault.errcode}: ${say}`)
    return faultError(API, fault, say, fault.action === 'pause' ? limits.pauseApi(robot.name) : STOP_MS)
  }

  return {
    async take(robot, messages) {
      limits.checkApi(robot.name)
      await takeRobot(robot.name, messages)
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
