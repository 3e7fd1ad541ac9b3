import type { Clock } from '../src/clock.ts'
import type { Log } from '../src/log.ts'
import type { Adapter } from '../src/model/chat.ts'
import type { DingtalkPorts } from './dingtalk/ports.ts'
import { createDingtalkRobots } from './dingtalk/robot.ts'
import type { DingtalkRobotPorts } from './dingtalk/robot-ports.ts'
import { createPlayground, type PlaygroundPorts } from './playground/index.ts'
import type { WecomAibotPorts, WecomAppPorts, WecomWebhookPorts } from './wecom/ports.ts'
import { createWecomWebhook } from './wecom/webhook.ts'
import { createWecom } from './wecom/wecom.ts'

/** What the adapters need from the house. */
export interface AdapterParts {
  readonly log: Log
  readonly clock: Clock
  /** Null where the playground is switched off. */
  readonly playground: PlaygroundPorts | null
  /** Null where the WeCom app is switched off. */
  readonly wecomApp: WecomAppPorts | null
  /** Null where the DingTalk app is switched off. */
  readonly dingtalk: DingtalkPorts | null
  /** Null where the WeCom smart robot is switched off. */
  readonly wecomAibot: WecomAibotPorts | null
  /** Null where WeCom group robots are switched off. */
  readonly wecomWebhook: WecomWebhookPorts | null
  /** Null where DingTalk group robots are switched off. */
  readonly dingtalkRobots: DingtalkRobotPorts | null
}

/** Every chat platform that is switched on. A new platform is one more line here. */
export async function createAdapters({
  playground,
  wecomApp,
  wecomAibot,
  wecomWebhook,
  dingtalk,
  dingtalkRobots,
}: AdapterParts): Promise<Adapter[]> {
  return [
    ...(playground ? [createPlayground(playground)] : []),
    ...createWecom(wecomApp, wecomAibot),
    ...(wecomWebhook ? [createWecomWebhook(wecomWebhook)] : []),
    ...(dingtalk ? [await loadDingtalk(dingtalk)] : []),
    ...(dingtalkRobots ? [createDingtalkRobots(dingtalkRobots)] : []),
  ]
}

/** Its client package takes 16 MB: only a company on DingTalk loads it. */
async function loadDingtalk(ports: DingtalkPorts): Promise<Adapter> {
  const { createDingtalk } = await import('./dingtalk/app.ts')
  return createDingtalk(ports)
}
