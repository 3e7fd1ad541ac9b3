import { expect, it } from 'vitest'
import { createPlayground } from '../../adapters/playground/index.ts'
import { movableClock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import { CHART_SIZES } from '../../src/model/card.ts'
import type { Adapter } from '../../src/model/chat.ts'
import { PLAYGROUND } from '../../src/model/playground.ts'
import { playgroundHistory } from '../../src/store/playground-messages.ts'
import { json, request } from '../support/playground-calls.ts'
import { fakePorts } from '../support/playground-harness.ts'
import { PNG } from '../support/png.ts'
import { chart } from '../support/sample-cards.ts'
import { sqliteCtx } from '../support/test-ctx.ts'
import { cardWith, type DrawChart } from './adapter-contract.ts'

const TO = { platform: PLAYGROUND, kind: 'dm', id: 'rep-1' } as const

async function withPlayground(
  drawChart: DrawChart,
  work: (one: { adapter: Adapter; history: ReturnType<typeof playgroundHistory> }) => Promise<void>,
): Promise<void> {
  const ctx = await sqliteCtx()
  const clock = movableClock(0)
  const adapter = createPlayground({ ...fakePorts(ctx, clock), drawChart })
  await work({ adapter, history: playgroundHistory({ ...ctx, clock }) })
  await ctx.close()
}

it('serves a chart at an address that names what it shows, drawn once, and at no other', () => {
  let drawings = 0
  const draw = async () => {
    drawings++
    return PNG
  }
  return withPlayground(draw, async ({ adapter, history }) => {
    await adapter.send(TO, cardWith('有图', { chart }), 'chart-1')
    const [other] = await pictures(adapter)
    await adapter.send(TO, cardWith('同一张图', { chart }), 'chart-2')
    const shown = await pictures(adapter)
    expect(shown).toMatchObject([other, { alt: chart.alt, ...CHART_SIZES[chart.kind] }])
    for (const { src } of shown) {
      const answer = await adapter.callback(request('GET', `/${src}`))
      expect(answer).toMatchObject({ status: 200, body: PNG, headers: { 'Content-Type': 'image/png' } })
      expect(answer.headers['Cache-Control']).toContain('immutable')
    }
    expect(drawings).toBe(1)

    const old = shown[0]?.src ?? ''
    const { id } = (await history.page('dm:rep-1', null, 100)).at(-2) ?? { id: 0 }
    await adapter.update({ message: id }, cardWith('换了图', { chart: { ...chart, late: false } }))
    const wrong = [
      old,
      old.replace(/[\w-]{20}/, 'x'.repeat(20)),
      old.replace(String(id), '1'),
      'charts/1/../x.png',
    ]
    for (const src of wrong) {
      await expect(adapter.callback(request('GET', `/${src}`)), src).rejects.toMatchObject({
        code: 'not-found',
      })
    }
    const [changed] = await pictures(adapter)
    expect((await adapter.callback(request('GET', `/${changed?.src}`))).status).toBe(200)
  })
})

it('keeps a picture that could not be drawn out of every cache, and draws it when it is asked for again', () => {
  const results = [new AppError('bug', 'no font'), PNG]
  const draw = async () => {
    const result = results.shift()
    if (!Buffer.isBuffer(result)) throw result
    return result
  }
  return withPlayground(draw, async ({ adapter }) => {
    await adapter.send(TO, cardWith('有图', { chart }), 'chart-1')
    const [picture] = await pictures(adapter)
    const ask = () => adapter.callback(request('GET', `/${picture?.src}`))
    expect(await ask()).toMatchObject({ status: 503, headers: { 'Cache-Control': 'no-store' } })
    expect(await ask()).toMatchObject({ status: 200, body: PNG })
  })
})

/** The pictures of the direct chat, as the page is told of them. */
async function pictures(adapter: Adapter): Promise<{ src: string; alt: string }[]> {
  const { chats } = json(await adapter.callback(request('GET', '/api/inbox', { query: { person: 'rep-1' } })))
  const bodies: { card: { chart?: { src: string; alt: string } } }[] = chats[0].messages.map(
    (message: { body: unknown }) => message.body,
  )
  return bodies.flatMap(({ card }) => (card.chart ? [card.chart] : []))
}
