import type { Adapter } from '../../src/model/chat.ts'
import { createAibotByCallback } from './aibot-by-callback.ts'
import { createAibotByConnection } from './aibot-by-connection.ts'
import type { WecomAibotPorts } from './ports.ts'

/**
 * The smart robot (智能机器人): hears messages that mention it in a group, and direct ones. WeCom reaches it by callbacks
 * or over a long connection, never both.
 */
export function createWecomAibot(ports: WecomAibotPorts): Adapter {
  const { mode } = ports.settings
  return mode.kind === 'callback' ? createAibotByCallback(ports, mode) : createAibotByConnection(ports, mode)
}
