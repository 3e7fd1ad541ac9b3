import type { Card } from '../../src/model/card.ts'
import type { Adapter } from '../../src/model/chat.ts'
import { createGroupRobots } from '../shared/group-robots.ts'
import type { WecomRobot, WecomWebhookPorts } from './ports.ts'
import { WECOM_ROBOT } from './schema.ts'
import { createWebhookApi } from './webhook-api.ts'
import { imageMessage, ROBOT_MAX_BYTES, renderForRobot } from './webhook-render.ts'

/** The group robot (群机器人, 消息推送). The key of its address is a secret and stands in no message and no log. */
export function createWecomWebhook(ports: WecomWebhookPorts): Adapter {
  const { robots, log, drawChart } = ports
  const trouble = new Map<string, string>()
  const api = createWebhookApi({ ...ports, heard })

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

  async function send(robot: WecomRobot, card: Card): Promise<readonly string[]> {
    const { message, notShown } = renderForRobot(card, robot)
    await api.take(robot, card.chart && drawChart ? 2 : 1)
    await api.send(robot, message)
    return [...notShown, ...(await sendChart(robot, card))]
  }

  return createGroupRobots({
    platform: WECOM_ROBOT,
    robots,
    can: { charts: drawChart !== null, maxBytes: ROBOT_MAX_BYTES },
    noRobot: ports.words.noRobot,
    trouble,
    send,
  })
}
