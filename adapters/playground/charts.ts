import { createHash } from 'node:crypto'
import { AppError } from '../../src/errors.ts'
import { type Card, CHART_LOOK, CHART_SIZES, type Chart } from '../../src/model/card.ts'
import type { CallbackAnswer } from '../../src/model/chat.ts'
import type { PlaygroundMessage } from '../../src/model/playground.ts'
import type { PlaygroundPorts } from './ports.ts'

/** A picture as the page shows it. */
export interface Picture {
  readonly src: string
  readonly alt: string
  readonly width: number
  readonly height: number
}

/** A card whose chart has become a picture. */
export type ShownCard = Omit<Card, 'chart'> & { readonly chart?: Picture }
export type ShownBody =
  | { readonly kind: 'text'; readonly text: string; readonly quote?: string }
  | { readonly kind: 'card'; readonly card: ShownCard; readonly answers?: string }
export type ShownMessage = Omit<PlaygroundMessage, 'body'> & { readonly body: ShownBody }

export interface Charts {
  /** A message as the page gets it. */
  shown(message: PlaygroundMessage): ShownMessage
  /** The picture at a path of the playground; null for any other path. */
  answer(path: string): Promise<CallbackAnswer | null>
}

/** Pictures held in memory; drawn again when they are asked for later. */
const MAX_KEPT = 100
const PATH = /^\/charts\/(\d{1,15})\/([\w-]{20})\.png$/

/**
 * The pictures of cards, each at an address of its own that names what it shows: browsers keep it for ever, and
 * only who was given a card knows its address.
 */
export function createCharts(ports: PlaygroundPorts): Charts {
  const drawn = new Map<string, Promise<Buffer>>()

  function keyOf(chart: Chart): string {
    const content = JSON.stringify([CHART_LOOK, ports.locale, chart])
    return createHash('sha256').update(content).digest('base64url').slice(0, 20)
  }

  function picture(key: string, chart: Chart): Promise<Buffer> {
    const known = drawn.get(key)
    if (known) return known
    const fresh = ports.drawChart(chart)
    drawn.set(key, fresh)
    fresh.catch(() => drawn.delete(key))
    const [oldest] = drawn.keys()
    if (drawn.size > MAX_KEPT && oldest !== undefined) drawn.delete(oldest)
    return fresh
  }

  async function chartAt(message: number, key: string): Promise<Chart> {
    const body = (await ports.history.find(message))?.body
    const chart = body?.kind === 'card' ? body.card.chart : undefined
    if (!chart || keyOf(chart) !== key) throw new AppError('not-found', 'no card carries this picture')
    return chart
  }

  return {
    shown(message) {
      const { body } = message
      if (body.kind === 'text' || !body.card.chart) return { ...message, body: withoutChart(body) }
      const { chart } = body.card
      const src = `charts/${message.id}/${keyOf(chart)}.png`
      const picture = { src, alt: chart.alt, ...CHART_SIZES[chart.kind] }
      return { ...message, body: { ...body, card: { ...body.card, chart: picture } } }
    },
    async answer(path) {
      const [, message, key] = PATH.exec(path) ?? []
      if (message === undefined || key === undefined) return null
      const chart = await chartAt(Number(message), key)
      try {
        return png(await picture(key, chart))
      } catch (error) {
        ports.log.warn({ error, chart: chart.kind }, 'a chart could not be drawn')
        return { status: 503, headers: { 'Cache-Control': 'no-store' }, body: '' }
      }
    },
  }
}

function withoutChart(body: PlaygroundMessage['body']): ShownBody {
  if (body.kind === 'text') return body
  const { chart: _, ...card } = body.card
  return { ...body, card }
}

function png(body: Buffer): CallbackAnswer {
  const headers = { 'Content-Type': 'image/png', 'Cache-Control': 'private, max-age=31536000, immutable' }
  return { status: 200, headers, body }
}
