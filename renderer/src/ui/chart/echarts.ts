import { BarChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import type { EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { guardCanvasHost } from './canvas-host.ts'

use([BarChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer])

export type Drawing = { readonly draw: (option: EChartsCoreOption) => void; readonly resize: () => void; readonly dispose: () => void }

/** Starts a drawing in an element that has a size. This module loads the chart library: import it when needed. */
export function startDrawing(host: HTMLElement): Drawing {
  guardCanvasHost(host)
  const chart = init(host, null, { renderer: 'canvas' })
  return {
    draw: (option) => chart.setOption(option, { notMerge: true }),
    resize: () => chart.resize(),
    dispose: () => chart.dispose(),
  }
}
