import { afterEach, expect, it } from 'vitest'
import { type Painter, startPainter } from '../../src/charts/painter.ts'
import { systemClock } from '../../src/clock.ts'
import type { Chart } from '../../src/model/card.ts'

const chart: Chart = {
  kind: 'own-cycle',
  alt: 'draw',
  orders: [20_000, 20_028, 20_063, 20_094],
  typical: 31,
  asOf: 20_146,
  late: true,
}
const thread = new URL('../support/painter-thread.ts', import.meta.url)
const says = (alt: string): Chart => ({ ...chart, alt })

const microseconds = ({ user, system }: { user: number; system: number }): number => user + system

let painter: Painter
afterEach(() => painter.stop())

it('draws PNG pictures in its thread and leaves the main thread alone', async () => {
  painter = startPainter()
  const [own, all] = [process.threadCpuUsage(), process.cpuUsage()]
  const pictures = await Promise.all(Array.from({ length: 10 }, () => painter.draw(chart, 'zh-CN')))
  for (const png of pictures) expect(png.subarray(1, 4).toString()).toBe('PNG')
  // In this thread the libraries alone would take a good part of the work.
  expect(microseconds(process.threadCpuUsage(own))).toBeLessThan(microseconds(process.cpuUsage(all)) / 4)
})

it('draws the same picture for the same chart, another one in another language', async () => {
  painter = startPainter()
  const [one, again, english] = await Promise.all([
    painter.draw(chart, 'zh-CN'),
    painter.draw(chart, 'zh-CN'),
    painter.draw(chart, 'en'),
  ])
  expect(again).toEqual(one)
  expect(english).not.toEqual(one)
})

it('hands a failure back and goes on', async () => {
  painter = startPainter({ thread })
  await expect(painter.draw(says('fail'), 'en')).rejects.toMatchObject({ code: 'bug' })
  expect(await painter.draw(chart, 'en')).toHaveLength(1)
})

it('survives a crash of the thread: what it owed fails, the next picture starts a new one', async () => {
  painter = startPainter({ thread })
  await expect(painter.draw(says('crash'), 'en')).rejects.toMatchObject({ code: 'bug' })
  expect(await painter.draw(chart, 'en')).toHaveLength(1)
})

it('ends a thread that does not answer', async () => {
  painter = startPainter({ thread, patienceMs: 300 })
  await expect(painter.draw(says('hang'), 'en')).rejects.toMatchObject({ code: 'busy' })
})

it('ends its thread when there is nothing to draw, and starts another when there is', async () => {
  painter = startPainter({ thread, idleMs: 0 })
  const first = await painter.draw(chart, 'en')
  await systemClock.sleep(20)
  expect(await painter.draw(chart, 'en')).not.toEqual(first)
})

it('keeps its thread while there is work', async () => {
  painter = startPainter({ thread })
  const first = await painter.draw(chart, 'en')
  await systemClock.sleep(20)
  expect(await painter.draw(chart, 'en')).toEqual(first)
})

it('draws nothing any more once it has stopped', async () => {
  painter = startPainter({ thread })
  const owed = painter.draw(says('hang'), 'en')
  const refused = expect(owed).rejects.toMatchObject({ code: 'busy' })
  await painter.stop()
  await refused
  await expect(painter.draw(chart, 'en')).rejects.toMatchObject({ code: 'busy' })
})
