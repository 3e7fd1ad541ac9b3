import { parentPort } from 'node:worker_threads'
import { textFor } from '../text/index.ts'
import { drawChart } from './draw-chart.ts'
import type { Painted, ToPaint } from './thread-messages.ts'

/** The painter's thread: draws what it is given, one after the other. */
function paint({ id, chart, locale }: ToPaint): Painted {
  try {
    return { id, png: drawChart(chart, textFor(locale)) }
  } catch (error) {
    return { id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', (message: ToPaint) => parentPort?.postMessage(paint(message)))
