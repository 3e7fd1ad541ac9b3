import type { Card } from '../../src/model/card.ts'
import type { Adapter } from '../../src/model/chat.ts'
import { createGroupRobots } from '../shared/group-robots.ts'
import { TEXT_MAX_BYTES } from './render.ts'
import { createRobotApi } from './robot-api.ts'
import type { DingtalkRobot, DingtalkRobotPorts } from './robot-ports.ts'
import { renderForRobot } from './robot-render.ts'
import { DINGTALK_ROBOT } from './schema.ts'

/**
 * The group robot (自定义机器人). Its access token and its signing secret stand in no message and no log. Pictures need a
 * public address, which Liuke does not have: a chart is told in words.
 */
export function createDingtalkRobots(ports: DingtalkRobotPorts): Adapter {
  const { robots, words, pageUrl } = ports
  const trouble = new Map<string, string>()
  const api = createRobotApi({ ...ports, heard })
  const link = pageUrl === null ? null : { title: words.open, url: pageUrl }

  function heard(robot: string, problem: string | null): void {
    if (problem === null) trouble.delete(robot)
    else trouble.set(robot, problem)
  }

  async function send(robot: DingtalkRobot, card: Card, messageId: string): Promise<readonly string[]> {
    const { message, notShown } = renderForRobot(card, robot, link)
    await api.send(robot, message, messageId)
    return notShown
  }

  return createGroupRobots({
    platform: DINGTALK_ROBOT,
    robots,
    can: { charts: false, maxBytes: TEXT_MAX_BYTES },
    noRobot: words.noRobot,
    trouble,
    send,
  })
}
