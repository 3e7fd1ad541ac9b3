import { monitorEventLoopDelay } from 'node:perf_hooks'
import { startPainter } from '../../src/charts/painter.ts'
import { systemClock } from '../../src/clock.ts'
import type { Chart } from '../../src/model/card.ts'
import { median } from './measure.ts'

const PICTURES = 100
const IDLE_MS = 5_000
/** Gaps of a customer with eight orders. */
const ORDERS = [0, 28, 63, 94, 138, 167, 197, 230].map((day) => 20_500 + day)

export interface ChartsBench {
  /** The first picture: the thread starts and loads the libraries. */
  readonly firstMs: number
  readonly medianMs: number
  readonly medianKilobytes: number
  /** How late the main thread is with its work, 99th percentile: while the pictures are drawn, and without. */
  readonly delayP99Ms: number
  readonly idleDelayP99Ms: number
  readonly peakRssMb: number
}

/** A hundred different pictures, one after the other, while the main thread has nothing else to do. */
export async function chartsBench(): Promise<ChartsBench> {
  const painter = startPainter()
  const drawing = monitorEventLoopDelay({ resolution: 1 })
  drawing.enable()
  const milliseconds: number[] = []
  const bytes: number[] = []
  for (let silence = 0; silence < PICTURES; silence++) {
    const start = performance.now()
    bytes.push((await painter.draw(chartOf(silence), 'zh-CN')).length)
    milliseconds.push(performance.now() - start)
  }
  drawing.disable()
  await painter.stop()
  const idle = monitorEventLoopDelay({ resolution: 1 })
  idle.enable()
  await systemClock.sleep(IDLE_MS)
  idle.disable()
  return {
    firstMs: milliseconds[0] ?? 0,
    medianMs: median(milliseconds),
    medianKilobytes: median(bytes) / 1000,
    delayP99Ms: drawing.percentile(99) / 1e6,
    idleDelayP99Ms: idle.percentile(99) / 1e6,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  }
}

function chartOf(silence: number): Chart {
  const asOf = (ORDERS.at(-1) ?? 0) + silence
  return { kind: 'own-cycle', alt: '', orders: ORDERS, typical: 31, asOf, late: silence > 45 }
}
