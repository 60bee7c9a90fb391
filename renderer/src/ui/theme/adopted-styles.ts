import type { App } from 'vue'

type Head = { readonly style?: readonly { readonly textContent?: string }[] }
type HeadEntry = { patch: (read: () => Head) => void }

/**
 * Gives Vuetify's theme a constructable style sheet instead of a `<style>` element, which the content
 * security policy refuses. Vuetify looks for a head manager under this key. Call before `app.use(vuetify)`.
 */
export function adoptThemeStyles(app: App): void {
  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets.push(sheet)
  const write = (read: () => Head): void => sheet.replaceSync(read().style?.[0]?.textContent ?? '')
  app.provide('usehead', {
    push(read: () => Head): HeadEntry {
      write(read)
      return { patch: write }
    },
  })
  app.onUnmount(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
  })
}
