/**
 * ECharts empties its host with `innerHTML = ''`, which the content security policy refuses.
 * This gives the element a setter of its own that empties it another way, and lets nothing else through.
 */
export function guardCanvasHost(host: HTMLElement): void {
  Object.defineProperty(host, 'innerHTML', {
    configurable: true,
    set(html: string) {
      if (html !== '') throw new Error('a chart may not write HTML')
      host.replaceChildren()
    },
  })
}
