import type { EChartsCoreOption } from 'echarts/core.js'
import type { Chart } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { effectOption } from './effect.ts'
import { ownCycleOption } from './own-cycle.ts'

/** The chart as ECharts draws it. A new kind is a file of its own and a line here. */
export function optionOf(chart: Chart, text: Text): EChartsCoreOption {
  switch (chart.kind) {
    case 'own-cycle':
      return ownCycleOption(chart, text)
    case 'effect':
      return effectOption(chart, text)
  }
}
