import type { Clock } from '../src/clock.ts'
import type { Log } from '../src/log.ts'
import type { Adapter } from '../src/model/chat.ts'
import { createDingtalk } from './dingtalk/app.ts'
import type { DingtalkPorts } from './dingtalk/ports.ts'
import { createPlayground, type PlaygroundPorts } from './playground/index.ts'
import { createWecomApp } from './wecom/app.ts'
import type { WecomAppPorts, WecomWebhookPorts } from './wecom/ports.ts'
import { createWecomWebhook } from './wecom/webhook.ts'

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
  /** Null where WeCom group robots are switched off. */
  readonly wecomWebhook: WecomWebhookPorts | null
}

/** Every chat platform that is switched on. A new platform is one more line here. */
export function createAdapters({ playground, wecomApp, wecomWebhook, dingtalk }: AdapterParts): Adapter[] {
  return [
    ...(playground ? [createPlayground(playground)] : []),
    ...(wecomApp ? [createWecomApp(wecomApp)] : []),
    ...(wecomWebhook ? [createWecomWebhook(wecomWebhook)] : []),
    ...(dingtalk ? [createDingtalk(dingtalk)] : []),
  ]
}
