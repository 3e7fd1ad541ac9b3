import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/errors.ts'
import type { Card, Chart } from '../../src/model/card.ts'
import type { Adapter, Address, CallbackRequest, InboundEvent } from '../../src/model/chat.ts'
import { PNG } from '../support/png.ts'
import { chart } from '../support/sample-cards.ts'

/** A callback over HTTP, or a push over a connection of the platform's own: resolves with the status of its answer. */
export type Arrival = CallbackRequest | (() => Promise<number>)

/** One adapter under test, and how to look behind it. */
export interface AdapterCase {
  readonly adapter: Adapter
  readonly to: Address
  /** Carries one text message; the same `id` is the same message. Null: it only sends. */
  readonly inbound: ((id: string) => Arrival) | null
  /** What must be refused without an event: forged, malformed, from strangers. */
  readonly refused: Readonly<Record<string, Arrival>>
  /** The plain text of every message the platform now shows at `to`, oldest first. */
  shown(): Promise<string[]>
  /** A card with more than the platform can show. */
  readonly oversized: Card
  close(): Promise<void>
}

export function cardWith(title: string, more: Partial<Card> = {}): Card {
  return { summary: `${title}。`, title, ...more }
}

/** An adapter answers a refused callback itself, or leaves the answer to `http/` by throwing an AppError. */
export async function statusClass(adapter: Adapter, arrival: Arrival): Promise<number> {
  try {
    const status = typeof arrival === 'function' ? await arrival() : (await adapter.callback(arrival)).status
    return Math.floor(status / 100)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return ['busy', 'upstream', 'bug', 'config'].includes(error.code) ? 5 : 4
  }
}

export type DrawChart = (chart: Chart) => Promise<Buffer>

/** What every chat platform must do. Each adapter runs it with its own `make`, and with the drawing it is given. */
export function describeAdapter(name: string, make: (drawChart: DrawChart) => Promise<AdapterCase>): void {
  async function withCase(
    work: (one: AdapterCase) => Promise<void>,
    drawChart: DrawChart = async () => PNG,
  ): Promise<void> {
    const one = await make(drawChart)
    try {
      await work(one)
    } finally {
      await one.adapter.stop()
      await one.close()
    }
  }

  const ignore = async (): Promise<void> => undefined

  describe(`adapter contract: ${name}`, () => {
    it('gives a receipt for a message it sent', () =>
      withCase(async ({ adapter, to, shown }) => {
        await adapter.start(ignore)
        const receipt = await adapter.send(to, cardWith('第一张'), 'key-1')
        expect(receipt.messageId).not.toBe('')
        expect(receipt.notShown).toEqual([])
        expect(await shown()).toHaveLength(1)
      }))

    it('shows one message for the same key, however often it is sent', () =>
      withCase(async ({ adapter, to, shown }) => {
        await adapter.start(ignore)
        const first = await adapter.send(to, cardWith('一次'), 'key-1')
        const again = await adapter.send(to, cardWith('一次'), 'key-1')
        expect(again.messageId).toBe(first.messageId)
        await adapter.send(to, cardWith('两次'), 'key-2')
        expect(await shown()).toHaveLength(2)
      }))

    it('updates a card in place with the token of its receipt, as JSON carries it', () =>
      withCase(async ({ adapter, to, shown }) => {
        await adapter.start(ignore)
        // Some platforms can change only cards with buttons; the new state may have none left.
        const actions = [{ action: 'mine', label: '我的', payload: {} }]
        const { update } = await adapter.send(to, cardWith('之前', { actions }), 'key-1')
        expect(adapter.can.update).toBe(update !== null)
        if (update === null) return
        await adapter.update(JSON.parse(JSON.stringify(update)), cardWith('之后'))
        const texts = await shown()
        expect(texts).toHaveLength(1)
        expect(texts[0]).toContain('之后')
      }))

    it('says conflict for a card that cannot be updated', () =>
      withCase(async ({ adapter }) => {
        await adapter.start(ignore)
        await expect(adapter.update({ message: 999_999 }, cardWith('没有'))).rejects.toMatchObject({
          name: 'AppError',
          code: 'conflict',
        })
      }))

    it('acknowledges an event only after it was accepted, and gives a repeat the same id', () =>
      withCase(async ({ adapter, inbound }) => {
        if (inbound === null) return
        const events: InboundEvent[] = []
        let stored = false
        await adapter.start(async (event) => {
          await new Promise((resolve) => setTimeout(resolve, 20))
          events.push(event)
          stored = true
        })
        expect(await statusClass(adapter, inbound('event-0001'))).toBe(2)
        expect(stored).toBe(true)
        expect(await statusClass(adapter, inbound('event-0001'))).toBe(2)
        expect(await statusClass(adapter, inbound('event-0002'))).toBe(2)
        expect(new Set(events.map((event) => event.id)).size).toBe(2)
      }))

    it('does not acknowledge an event that could not be stored, and takes it when it comes again', () =>
      withCase(async ({ adapter, inbound }) => {
        if (inbound === null) return
        let works = false
        const events: InboundEvent[] = []
        await adapter.start(async (event) => {
          if (!works) throw new AppError('busy', 'the database does not answer')
          events.push(event)
        })
        expect(await statusClass(adapter, inbound('event-0001'))).toBe(5)
        works = true
        expect(await statusClass(adapter, inbound('event-0001'))).toBe(2)
        expect(events).toHaveLength(1)
      }))

    it('refuses forged and malformed callbacks without handing anything on', () =>
      withCase(async ({ adapter, refused }) => {
        const events: InboundEvent[] = []
        await adapter.start(async (event) => void events.push(event))
        for (const [reason, request] of Object.entries(refused)) {
          expect(await statusClass(adapter, request), reason).toBe(4)
        }
        expect(events).toEqual([])
      }))

    it('reports what it could not show', () =>
      withCase(async ({ adapter, to, oversized }) => {
        await adapter.start(ignore)
        const { notShown } = await adapter.send(to, oversized, 'key-1')
        expect(notShown).not.toEqual([])
      }))

    it('shows a chart, or says that it does not', () =>
      withCase(async ({ adapter, to, shown }) => {
        await adapter.start(ignore)
        const { notShown } = await adapter.send(to, cardWith('有图', { chart }), 'key-1')
        expect(notShown).toEqual(adapter.can.charts ? [] : ['chart'])
        expect((await shown()).join()).toContain('有图')
      }))

    it('does not lose a card whose chart cannot be drawn', () =>
      withCase(
        async ({ adapter, to, shown }) => {
          await adapter.start(ignore)
          const { messageId } = await adapter.send(to, cardWith('没图', { chart }), 'key-1')
          expect(messageId).not.toBe('')
          expect((await shown()).join()).toContain('没图')
        },
        async () => {
          throw new AppError('bug', 'no font')
        },
      ))

    it('tells its health before, while and after it runs, and can be stopped twice', () =>
      withCase(async ({ adapter }) => {
        expect(adapter.health().ok).toBe(false)
        await adapter.start(ignore)
        expect(adapter.health().ok).toBe(true)
        await adapter.stop()
        await adapter.stop()
        expect(adapter.health().ok).toBe(false)
      }))

    it('leaves no timer behind when it stops', () =>
      withCase(async ({ adapter, to }) => {
        const before = timers()
        await adapter.start(ignore)
        await adapter.send(to, cardWith('一张'), 'key-1')
        await adapter.stop()
        // Timers of earlier tests may end meanwhile.
        expect(timers()).toBeLessThanOrEqual(before)
      }))
  })
}

export function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
}
