import type { EChartsCoreOption } from 'echarts/core'
import { CHART_SIZES, type OwnCycleChart } from '../model/card.ts'
import { gapsOf } from '../model/own-cycle.ts'
import type { Text } from '../text/index.ts'
import { COLOURS, FONT_SIZES } from './look.ts'

const GRID = { left: 112, right: 62, top: 74, bottom: 44 }
/** Room of the highest bar. */
const HEIGHT = CHART_SIZES['own-cycle'].height - GRID.top - GRID.bottom
/** From this many gaps on, every second date is left out: they would touch. */
const CROWDED = 6
const BAR = { type: 'bar', barWidth: '78%', barMaxWidth: 60 }
const ROUND_TOP = [5, 5, 0, 0]

/**
 * One bar for each gap between orders, a dashed line at the usual gap, and apart from them the bar of today's
 * silence, with its number in large type.
 */
export function ownCycleOption(chart: OwnCycleChart, text: Text): EChartsCoreOption {
  const gaps = gapsOf(chart.orders)
  const silence = chart.asOf - (chart.orders.at(-1) ?? chart.asOf)
  const most = Math.max(chart.typical, silence, ...gaps)
  const apart = gaps.length + 1
  return {
    title: {
      text: text.charts.gaps,
      left: 16,
      top: 8,
      textStyle: { color: COLOURS.soft, fontSize: FONT_SIZES.small, fontWeight: 'normal' },
    },
    grid: GRID,
    xAxis: daysAxis([...datesOf(chart, gaps.length, text), '', `{now|${text.charts.today}}`]),
    yAxis: { show: false, min: 0, max: most },
    series: [
      {
        ...BAR,
        data: gaps.map((gap) => pastBar(gap, most)),
        markLine: typicalLine(chart.typical, text),
      },
      {
        ...BAR,
        // On the same places as the first series; a short bar's number stands in front of the line.
        barGap: '-100%',
        z: silence > chart.typical ? 2 : 10,
        data: [...Array.from({ length: apart }, () => null), silenceBar(silence, chart.late, text)],
      },
    ],
  }
}

function daysAxis(data: readonly string[]): object {
  return {
    type: 'category',
    data,
    axisLine: { lineStyle: { color: COLOURS.line, width: 2 } },
    axisTick: { show: false },
    axisLabel: {
      interval: 0,
      margin: 8,
      rich: {
        day: { color: COLOURS.soft, fontSize: FONT_SIZES.small, lineHeight: 30 },
        now: { color: COLOURS.text, fontSize: FONT_SIZES.normal, lineHeight: 30, fontWeight: 'bold' },
      },
    },
  }
}

/** The day of the order that ended each gap. */
function datesOf({ orders }: OwnCycleChart, gaps: number, text: Text): string[] {
  const step = gaps < CROWDED ? 1 : 2
  return orders
    .slice(1)
    .map((day, i) => ((gaps - 1 - i) % step === 0 ? `{day|${text.charts.date(day)}}` : ''))
}

/** Its number stands inside where there is room: above, the line would cross it. */
function pastBar(gap: number, most: number): object {
  const inside = (gap / most) * HEIGHT > FONT_SIZES.small + 8
  return {
    value: gap,
    itemStyle: { color: COLOURS.past, borderRadius: ROUND_TOP },
    label: {
      show: true,
      position: inside ? 'insideBottom' : 'top',
      color: inside ? COLOURS.text : COLOURS.soft,
      fontSize: gap < 100 ? FONT_SIZES.small : FONT_SIZES.tiny,
    },
  }
}

function silenceBar(silence: number, late: boolean, text: Text): object {
  const color = late ? COLOURS.warning : COLOURS.calm
  return {
    value: silence,
    itemStyle: { color, borderRadius: ROUND_TOP },
    label: {
      show: true,
      position: 'top',
      formatter: text.charts.silence(silence),
      color,
      backgroundColor: COLOURS.paper,
      padding: [0, 6],
      fontSize: FONT_SIZES.large,
      fontWeight: 'bold',
    },
  }
}

function typicalLine(typical: number, text: Text): object {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: COLOURS.text, width: 2.5, type: [9, 6] },
    label: {
      position: 'start',
      distance: 10,
      formatter: text.charts.typical(typical),
      align: 'right',
      color: COLOURS.text,
      fontSize: FONT_SIZES.normal,
      lineHeight: 30,
    },
    data: [{ yAxis: typical }],
  }
}
