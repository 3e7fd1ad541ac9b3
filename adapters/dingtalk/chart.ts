import { createHash } from 'node:crypto'
import type { Card } from '../../src/model/card.ts'
import type { Api } from './api.ts'
import type { DingtalkPorts } from './ports.ts'

const MAX_KEPT = 1_000

/**
 * A card's chart as a media id, '' when there is none or it cannot be shown: the card goes without it. An upload is a
 * counted call and its id works for ever, so the same picture is uploaded once.
 */
export function createCharts(
  { drawChart, log }: Pick<DingtalkPorts, 'drawChart' | 'log'>,
  api: Pick<Api, 'uploadImage'>,
): (card: Card) => Promise<string> {
  const uploaded = new Map<string, string>()

  async function mediaOf(png: Buffer): Promise<string> {
    const hash = createHash('sha256').update(png).digest('hex')
    const known = uploaded.get(hash)
    if (known !== undefined) return known
    const id = await api.uploadImage(png, 'chart.png')
    uploaded.set(hash, id)
    const [oldest] = uploaded.keys()
    if (uploaded.size > MAX_KEPT && oldest !== undefined) uploaded.delete(oldest)
    return id
  }

  return async ({ chart }) => {
    if (!chart || !drawChart) return ''
    try {
      return await mediaOf(await drawChart(chart))
    } catch (error) {
      log.warn({ error }, 'a chart could not be sent to DingTalk')
      return ''
    }
  }
}
