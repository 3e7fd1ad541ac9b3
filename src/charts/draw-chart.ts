import { BarChart } from 'echarts/charts.js'
import { GridComponent, MarkLineComponent, TitleComponent } from 'echarts/components.js'
import { init, use } from 'echarts/core.js'
import { SVGRenderer } from 'echarts/renderers.js'
import { CHART_SIZES, type Chart } from '../model/card.ts'
import type { Text } from '../text/index.ts'
import { FONT_FAMILY } from './font.ts'
import { optionOf } from './kinds.ts'
import { COLOURS } from './look.ts'
import { pngOf } from './png.ts'

use([BarChart, GridComponent, MarkLineComponent, TitleComponent, SVGRenderer])

/** The chart as a PNG. Takes a tenth of a second: a service asks its painter, who does it in another thread. */
export function drawChart(chart: Chart, text: Text): Buffer {
  return pngOf(svgOf(chart, text))
}

export function svgOf(chart: Chart, text: Text): string {
  const page = init(null, null, { renderer: 'svg', ssr: true, ...CHART_SIZES[chart.kind] })
  try {
    page.setOption({
      animation: false,
      backgroundColor: COLOURS.paper,
      textStyle: { fontFamily: FONT_FAMILY },
      ...optionOf(chart, text),
    })
    return page.renderToSVGString()
  } finally {
    // A chart that is not disposed keeps the process alive.
    page.dispose()
  }
}
