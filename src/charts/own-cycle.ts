import type { EChartsCoreOption } from 'echarts/core.js'
import type { OwnCycleChart } from '../model/card.ts'
import { gapsOf } from '../model/own-cycle.ts'
import type { Text } from '../text/index.ts'
import { COLOURS, FONT_SIZES } from './look.ts'

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
  const apart = gaps.length + 1
  return {
    title: {
      text: text.charts.gaps,
      left: 6,
      top: 8,
      textStyle: { color: COLOURS.soft, fontSize: FONT_SIZES.small, fontWeight: 'normal' },
    },
    grid: { left: 92, right: 62, top: 72, bottom: 72 },
    xAxis: wordsAxis([...pastWords(gaps, chart, text), '', `{now|${text.charts.today}}`]),
    yAxis: { show: false, min: 0, max: Math.max(chart.typical, silence, ...gaps) },
    series: [
      {
        ...BAR,
        data: gaps.map(pastBar),
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

function wordsAxis(data: readonly string[]): object {
  return {
    type: 'category',
    data,
    axisLine: { lineStyle: { color: COLOURS.line, width: 2 } },
    axisTick: { show: false },
    axisLabel: {
      interval: 0,
      margin: 6,
      rich: {
        gap: { color: COLOURS.text, fontSize: FONT_SIZES.normal, lineHeight: 32 },
        long: { color: COLOURS.text, fontSize: FONT_SIZES.small, lineHeight: 32 },
        day: { color: COLOURS.soft, fontSize: FONT_SIZES.small, lineHeight: 28 },
        now: { color: COLOURS.text, fontSize: FONT_SIZES.normal, lineHeight: 32, fontWeight: 'bold' },
      },
    },
  }
}

/** Below each bar its number and, not too close to each other, the day of the order that ended the gap. */
function pastWords(gaps: readonly number[], { orders }: OwnCycleChart, text: Text): string[] {
  const step = gaps.length < CROWDED ? 1 : 2
  const style = gaps.some((gap) => gap >= 100) ? 'long' : 'gap'
  return gaps.map((gap, i) => {
    const dated = (gaps.length - 1 - i) % step === 0
    return `{${style}|${gap}}\n{day|${dated ? text.charts.date(orders[i + 1] ?? 0) : ''}}`
  })
}

function pastBar(value: number): object {
  return { value, itemStyle: { color: COLOURS.past, borderRadius: ROUND_TOP } }
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
