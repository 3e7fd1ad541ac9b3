import { AppError } from '../../src/errors.ts'
import type { Adapter, InboundEvent } from '../../src/model/chat.ts'
import { PLAYGROUND, PLAYGROUND_BOT } from '../../src/model/playground.ts'
import { createApi } from './api.ts'
import { createCharts } from './charts.ts'
import { chatKey } from './chats.ts'
import { createDemoClock } from './demo-clock.ts'
import { createLive } from './live.ts'
import type { PlaygroundPorts } from './ports.ts'
import { MAX_BYTES, renderCard } from './render.ts'

export type { PlaygroundPorts } from './ports.ts'

/** The local web chat: a platform of its own that needs no account. */
export function createPlayground(ports: PlaygroundPorts): Adapter {
  const live = createLive()
  const clock = createDemoClock(ports, live)
  let accept: ((event: InboundEvent) => Promise<void>) | null = null
  const charts = createCharts(ports)
  const callback = createApi({ ports, charts, live, clock, accept: (event) => accepted(event) })

  async function accepted(event: InboundEvent): Promise<void> {
    if (!accept) throw new AppError('busy', 'the playground has not started yet')
    await accept(event)
  }

  return {
    name: PLAYGROUND,
    can: { buttons: true, update: true, charts: true, groups: true, maxBytes: MAX_BYTES },
    async start(handler) {
      accept = handler
    },
    async send(to, card, key) {
      const { card: shown, notShown } = renderCard(card)
      const message = await ports.history.add({
        chat: chatKey(to),
        sender: PLAYGROUND_BOT,
        at: ports.clock.now(),
        key: `out:${key}`,
        body: { kind: 'card', card: shown, ...(to.answers !== undefined && { answers: to.answers }) },
      })
      live.changed()
      return { messageId: String(message.id), update: { message: message.id }, notShown }
    },
    async update({ message }, card) {
      const id = Number(message)
      const known = await ports.history.find(id)
      if (known?.body.kind !== 'card') throw new AppError('conflict', 'the playground has no such message')
      await ports.history.replace(id, { ...known.body, card: renderCard(card).card })
      live.changed()
    },
    callback,
    health: () => (accept ? { ok: true, detail: 'open' } : { ok: false, detail: 'not started' }),
    async stop() {
      accept = null
      live.close()
    },
  }
}
