import { parentPort, threadId } from 'node:worker_threads'
import type { ToPaint } from '../../src/charts/thread-messages.ts'

/** A painter's thread that does what the chart's words ask for; its pictures hold its number. */
parentPort?.on('message', ({ id, chart }: ToPaint) => {
  if (chart.alt === 'crash') throw new Error('as planned')
  if (chart.alt === 'fail') parentPort?.postMessage({ id, failed: 'as planned' })
  if (chart.alt === 'draw') parentPort?.postMessage({ id, png: new Uint8Array([threadId]) })
})
