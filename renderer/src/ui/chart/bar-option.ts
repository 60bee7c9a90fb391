import type { Commodity } from '../../../../shared/domain/records/master.ts'

/** One row of bars; `odd` is the place of the value that needs to be seen. */
export type BarSeries = {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** Drawn in the commodity's colour; without it in the grey of comparison. */
  readonly commodity?: Commodity
  readonly odd?: number
}

/** The colours of the theme on the screen, as resolved values: a canvas knows no custom properties. */
export type ChartColours = Readonly<Record<'text' | 'line' | 'grey' | 'attention' | 'surface' | Commodity, string>>

const TOKENS = { text: 'text-3', line: 'line', grey: 'line-2', attention: 'attention', surface: 'raised', electricity: 'ele', gas: 'gas', water: 'wat', waste: 'was' } as const satisfies Record<keyof ChartColours, string>

export function chartColours(element: Element): ChartColours {
  const style = getComputedStyle(element)
  return Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, style.getPropertyValue(`--${token}`).trim()])) as ChartColours
}

/** The drawing of a bar chart: quiet axes, one series in its commodity, the odd value in amber with its figure. */
export function barOption(options: {
  readonly categories: readonly string[]
  readonly series: readonly BarSeries[]
  readonly mean?: { readonly value: number; readonly words: string } | undefined
  readonly colours: ChartColours
  readonly font: string
  readonly number: (value: number) => string
}): Record<string, unknown> {
  const { categories, series, mean, colours, font, number } = options
  const text = { color: colours.text, fontFamily: font, fontSize: 11 }
  return {
    animation: false,
    grid: { left: 4, right: 8, top: 22, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: colours.surface, borderColor: colours.grey, textStyle: { ...text, fontSize: 12 }, axisPointer: { type: 'none' }, valueFormatter: (value: unknown) => (typeof value === 'number' ? number(value) : '') },
    xAxis: { type: 'category', data: categories, axisTick: { show: false }, axisLine: { lineStyle: { color: colours.line } }, axisLabel: { ...text, interval: 'auto' } },
    yAxis: { type: 'value', axisLabel: { ...text, formatter: number }, splitLine: { lineStyle: { color: colours.line } }, splitNumber: 3 },
    series: series.map((one, index) => ({
      name: one.name,
      type: 'bar',
      barMaxWidth: 14,
      barGap: '10%',
      itemStyle: { color: one.commodity === undefined ? colours.grey : colours[one.commodity] },
      data: one.values.map((value, at) =>
        at === one.odd && value !== null
          ? { value, itemStyle: { color: colours.attention }, label: { show: true, position: 'top', formatter: number(value), ...text, color: colours.attention, fontWeight: 640 } }
          : value,
      ),
      ...(index === series.length - 1 && mean !== undefined
        ? { markLine: { silent: true, symbol: 'none', lineStyle: { color: colours.text, type: [2, 3], width: 1 }, label: { ...text, position: 'insideStartTop', formatter: mean.words }, data: [{ yAxis: mean.value }] } }
        : {}),
    })),
  }
}
