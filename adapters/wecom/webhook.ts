import { createHash } from 'node:crypto'
import { AppError } from '../../src/errors.ts'
import type { Card } from '../../src/model/card.ts'
import type { Adapter, Address, Receipt } from '../../src/model/chat.ts'
import { createReceipts } from '../shared/receipts.ts'
import type { WecomRobot, WecomWebhookPorts } from './ports.ts'
import { WECOM_ROBOT } from './schema.ts'
import { createWebhookApi } from './webhook-api.ts'
import { imageMessage, ROBOT_MAX_BYTES, renderForRobot } from './webhook-render.ts'

/**
 * The group robot (群机器人, 消息推送): sends to the group it was added to and hears nothing. An address is
 * `group:<name of the robot>`; the key of its address is a secret and stands in no message and no log.
 */
export function createWecomWebhook(ports: WecomWebhookPorts): Adapter {
  const { robots, log, drawChart } = ports
  const byName = new Map(robots.map((robot) => [robot.name, robot]))
  /** What the platform refused last, by robot, until a message of it arrives. */
  const trouble = new Map<string, string>()
  const api = createWebhookApi({ ...ports, heard })
  const receipts = createReceipts()
  let started = false

  function heard(robot: string, problem: string | null): void {
    if (problem === null) trouble.delete(robot)
    else trouble.set(robot, problem)
  }

  async function sendChart(robot: WecomRobot, { chart }: Card): Promise<readonly string[]> {
    if (!chart) return []
    if (!drawChart) return ['chart']
    try {
      const image = imageMessage(await drawChart(chart))
      if (image === null) return ['chart']
      await api.send(robot, image)
      return []
    } catch (error) {
      log.warn({ error, robot: robot.name }, 'a chart could not be sent to a WeCom group')
      return ['chart']
    }
  }

  async function send(robot: WecomRobot, card: Card, key: string): Promise<Receipt> {
    const { message, notShown } = renderForRobot(card, robot)
    await api.take(robot, card.chart && drawChart ? 2 : 1)
    await api.send(robot, message)
    const missing = await sendChart(robot, card)
    // The platform gives its messages no id.
    const messageId = createHash('sha256').update(`${robot.name}\0${key}`).digest('base64url')
    return { messageId, update: null, notShown: [...notShown, ...missing] }
  }

  function robotOf(to: Address): WecomRobot {
    const robot = to.kind === 'group' ? byName.get(to.id) : undefined
    if (!robot)
      throw new AppError('not-found', 'no WeCom group robot has this name', { say: ports.words.noRobot })
    return robot
  }

  return {
    name: WECOM_ROBOT,
    can: {
      buttons: false,
      update: false,
      charts: drawChart !== null,
      groups: true,
      maxBytes: ROBOT_MAX_BYTES,
    },
    async start() {
      started = true
    },
    async send(to, card, key) {
      const known = receipts.get(key)
      if (known) return known
      const receipt = await send(robotOf(to), card, key)
      receipts.add(key, receipt)
      return receipt
    },
    async update() {
      throw new AppError('conflict', 'a message of a WeCom group robot cannot be changed')
    },
    async callback() {
      throw new AppError('not-found', 'a WeCom group robot has no callbacks')
    },
    health() {
      if (!started) return { ok: false, detail: 'not started' }
      const problems = [...trouble].map(([robot, problem]) => `${robot}: ${problem}`)
      return { ok: problems.length === 0, detail: problems.join('; ') || 'open' }
    },
    async stop() {
      started = false
    },
  }
}
