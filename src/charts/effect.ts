import type { EChartsCoreOption } from 'echarts/core.js'
import type { EffectBar, EffectChart } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { COLOURS, FONT_SIZES } from './look.ts'

/** Room for the words behind the longest interval, as a share of the axis. */
const ROOM = 0.8
const CAP = 12

/** One bar for each arm with its interval as a line, the share and the number of customers behind it. */
export function effectOption(chart: EffectChart, text: Text): EChartsCoreOption {
  const bars = [
    { ...chart.control, name: text.charts.control, color: COLOURS.past },
    { ...chart.treated, name: text.charts.treated, color: COLOURS.calm },
  ]
  const longest = Math.max(...bars.map(({ high }) => high))
  return {
    title: {
      text: text.charts.keptShare,
      left: 6,
      top: 8,
      textStyle: { color: COLOURS.soft, fontSize: FONT_SIZES.small, fontWeight: 'normal' },
    },
    grid: { left: 110, right: 20, top: 56, bottom: 16 },
    xAxis: { show: false, min: 0, max: longest * (1 + ROOM) },
    yAxis: {
      type: 'category',
      data: bars.map(({ name }) => name),
      axisLine: { lineStyle: { color: COLOURS.line, width: 2 } },
      axisTick: { show: false },
      axisLabel: { color: COLOURS.text, fontSize: FONT_SIZES.normal },
    },
    series: [
      {
        type: 'bar',
        barWidth: '52%',
        data: bars.map(({ share, color }) => ({
          value: share,
          itemStyle: { color, opacity: 0.75, borderRadius: [0, 5, 5, 0] },
        })),
        markLine: {
          silent: true,
          symbol: 'none',
          data: bars.flatMap((bar, at) => intervalLine(bar, at, text)),
        },
      },
    ],
  }
}

/** The interval with its two ends, and the words to the right of it. */
function intervalLine({ share, low, high, n }: EffectBar, at: number, text: Text): object[][] {
  const lineStyle = { color: COLOURS.text, width: 3, type: 'solid' }
  const label = {
    show: true,
    position: 'end',
    distance: 14,
    formatter: text.charts.effectBar(text.common.percent(share), n),
    color: COLOURS.text,
    fontSize: FONT_SIZES.normal,
  }
  const end = { symbol: 'rect', symbolSize: [CAP * 2, 3] }
  return [
    [
      { coord: [low, at], ...end, lineStyle, label },
      { coord: [high, at], ...end },
    ],
  ]
}
