import type { Adapter } from '../../src/model/chat.ts'
import { AIBOT_PATH, createWecomAibot } from './aibot.ts'
import { createWecomApp } from './app.ts'
import type { WecomAibotPorts, WecomAppPorts } from './ports.ts'

/**
 * The app and the smart robot are one platform: the same people. The app has the direct chats (it can write first, and
 * has cards); the robot has the groups, and alone it answers direct messages too.
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
    send: (to, card, key) => (to.kind === 'group' ? aibot : app).send(to, card, key),
    update: (token, card) => app.update(token, card),
    callback: (request) => (request.path === AIBOT_PATH ? aibot : app).callback(request),
    health() {
      const [one, other] = [app.health(), aibot.health()]
      const refused = { ...one.refused }
      for (const [reason, n] of Object.entries(other.refused ?? {}))
        refused[reason] = (refused[reason] ?? 0) + n
      return { ok: one.ok && other.ok, detail: one.ok ? other.detail : one.detail, refused }
    },
    async stop() {
      await Promise.all([app.stop(), aibot.stop()])
    },
  }
}
