import { asAppError } from '../../src/errors.ts'
import type { Card } from '../../src/model/card.ts'
import type { Adapter, Address, Receipt } from '../../src/model/chat.ts'
import { createWecomAibot } from './aibot.ts'
import { AIBOT_PATH } from './aibot-by-callback.ts'
import { ROBOT_EVENT } from './aibot-inbound.ts'
import { robotToken } from './aibot-token.ts'
import { createWecomApp } from './app.ts'
import type { WecomAibotPorts, WecomAppPorts } from './ports.ts'

/**
 * The app and the smart robot are one platform: the same people. The app has the direct chats (it can write first, and
 * writes first); the robot has the groups, and answers whoever asks it in its own direct chat.
 */
export function createWecom(app: WecomAppPorts | null, aibot: WecomAibotPorts | null): Adapter[] {
  if (app && aibot) return [both(createWecomApp(app), createWecomAibot(aibot))]
  if (app) return [createWecomApp(app)]
  return aibot ? [createWecomAibot(aibot)] : []
}

function both(app: Adapter, aibot: Adapter): Adapter {
  return {
    name: app.name,
    can: { ...app.can, groups: true },
    async start(accept) {
      await Promise.all([app.start(accept), aibot.start(accept)])
    },
    send: (to, card, key) => {
      if (to.kind === 'group') return aibot.send(to, card, key)
      return to.answers?.startsWith(ROBOT_EVENT) ? answerDirect(to, card, key) : app.send(to, card, key)
    },
    update: (token, card) => (robotToken(token) ? aibot : app).update(token, card),
    callback: (request) => (request.path === AIBOT_PATH ? aibot : app).callback(request),
    health() {
      const [one, other] = [app.health(), aibot.health()]
      const refused = { ...one.refused }
      for (const [reason, n] of Object.entries(other.refused ?? {}))
        refused[reason] = (refused[reason] ?? 0) + n
      const detail = one.ok ? other.detail : one.detail
      return { ...other, ok: one.ok && other.ok, detail, refused }
    },
    async stop() {
      await Promise.all([app.stop(), aibot.stop()])
    },
  }

  /** Whoever asked the robot is answered there while that is possible, and by the app otherwise. */
  async function answerDirect(to: Address, card: Card, key: string): Promise<Receipt> {
    try {
      return await aibot.send(to, card, key)
    } catch (error) {
      if (asAppError(error).code !== 'not-found') throw error
      return app.send(to, card, key)
    }
  }
}
