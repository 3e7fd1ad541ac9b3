import type { EChartsCoreOption } from 'echarts/core.js'
import type { Chart } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { ownCycleOption } from './own-cycle.ts'

type Draw<C extends Chart> = (chart: C, text: Text) => EChartsCoreOption

/** Every kind of picture. A new kind is a file of its own and a line here. */
const KINDS: { readonly [K in Chart['kind']]: Draw<Extract<Chart, { kind: K }>> } = {
  'own-cycle': ownCycleOption,
}

/** The chart as ECharts draws it. */
export function optionOf(chart: Chart, text: Text): EChartsCoreOption {
  return KINDS[chart.kind](chart, text)
}
