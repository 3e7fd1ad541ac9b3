import { createHash } from 'node:crypto'
import type { Card } from '../../src/model/card.ts'
import type { Api } from './api.ts'
import type { WecomAppPorts } from './ports.ts'

/** Uploaded pictures work for three days; ours are given up a day earlier. */
const KEEP_MS = 48 * 3_600_000
const MAX_KEPT = 1_000

/**
 * Sends a card's chart as a picture of its own after the card: cards take no uploaded pictures. Returns what could
 * not be shown; the card has arrived by then, so nothing is thrown. The same chart is uploaded once.
 */
export function createChartSender(
  { drawChart, clock, log }: Pick<WecomAppPorts, 'drawChart' | 'clock' | 'log'>,
  api: Pick<Api, 'send' | 'uploadImage'>,
): (user: string, card: Card) => Promise<readonly string[]> {
  const uploaded = new Map<string, { mediaId: string; at: number }>()

  async function mediaOf(png: Buffer): Promise<string> {
    const hash = createHash('sha256').update(png).digest('hex')
    const known = uploaded.get(hash)
    if (known && clock.now() - known.at < KEEP_MS) return known.mediaId
    const mediaId = await api.uploadImage(png, 'chart.png')
    uploaded.set(hash, { mediaId, at: clock.now() })
    const [oldest] = uploaded.keys()
    if (uploaded.size > MAX_KEPT && oldest !== undefined) uploaded.delete(oldest)
    return mediaId
  }

  return async (user, { chart }) => {
    if (!chart) return []
    if (!drawChart) return ['chart']
    try {
      const mediaId = await mediaOf(await drawChart(chart))
      // The same picture may belong to two cards of one day, and both show it.
      await api.send(user, { msgtype: 'image', image: { media_id: mediaId } }, { once: false })
      return []
    } catch (error) {
      log.warn({ error }, 'a chart could not be sent to WeCom')
      return ['chart']
    }
  }
}
