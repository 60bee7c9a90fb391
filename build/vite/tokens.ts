import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const MODULE = 'virtual:desk-theme'

/** Theme colour of Vuetify → token of `tokens.css`; the list of the design page. */
const THEME_COLOURS = {
  background: 'canvas',
  surface: 'surface',
  'surface-bright': 'raised',
  'surface-light': 'sunken',
  'surface-variant': 'press',
  'on-surface-variant': 'text-2',
  'on-background': 'text-1',
  'on-surface': 'text-1',
  primary: 'accent',
  'on-primary': 'on-accent',
  secondary: 'text-2',
  success: 'ok',
  warning: 'attention',
  error: 'breach',
  info: 'info',
  paused: 'paused',
  ele: 'ele',
  'on-ele': 'on-ele',
  gas: 'gas',
  'on-gas': 'on-gas',
  wat: 'wat',
  'on-wat': 'on-wat',
  was: 'was',
  'on-was': 'on-was',
} as const

const BORDER_OPACITY = { light: 0.11, dark: 0.09 } as const

type Tokens = Readonly<Record<string, string>>
type ThemeName = 'light' | 'dark'

function block(css: string, selector: string): { body: string } {
  const start = css.indexOf(`${selector} {`)
  if (start < 0) throw new Error(`tokens: no block for ${selector}`)
  const open = css.indexOf('{', start)
  return { body: css.slice(open + 1, css.indexOf('\n}', open)) }
}

function tokensIn(body: string): Tokens {
  const found = body.matchAll(/--([\w-]+):\s*([^;]+);/g)
  return Object.fromEntries([...found].map((match) => [match[1] ?? '', (match[2] ?? '').trim()]))
}

function themeOf(name: ThemeName, tokens: Tokens): object {
  const colour = (token: string): string => {
    const value = tokens[token]
    if (value === undefined || !value.startsWith('#')) throw new Error(`tokens: no colour ${token}`)
    return value
  }
  return {
    dark: name === 'dark',
    colors: Object.fromEntries(Object.entries(THEME_COLOURS).map(([theme, token]) => [theme, colour(token)])),
    variables: {
      'border-color': colour('text-1'),
      'border-opacity': BORDER_OPACITY[name],
      'high-emphasis-opacity': 1,
      'medium-emphasis-opacity': 1,
      'disabled-opacity': 0.5,
      'hover-opacity': 0.045,
      'focus-opacity': 0,
      'activated-opacity': 0.09,
      'pressed-opacity': 0.08,
      'idle-opacity': 0.06,
      'font-body': 'var(--font)',
      'font-heading': 'var(--font)',
    },
  }
}

/** The two Vuetify themes as read from the text of `tokens.css`. */
export function themesFromTokens(css: string): Record<ThemeName, object> {
  const light = tokensIn(block(css, ':root').body)
  const dark = { ...light, ...tokensIn(block(css, '[data-theme="dark"]').body) }
  return { light: themeOf('light', light), dark: themeOf('dark', dark) }
}

/**
 * Makes `tokens.css` the only list of design values.
 *
 * - `virtual:desk-theme` exports the Vuetify themes generated from it;
 * - the dark block is repeated for `prefers-color-scheme: dark` while no theme is chosen yet, so that the
 *   first paint is right before any script has run.
 *
 * @param tokensFile absolute path of `tokens.css`
 */
export function deskTokens(tokensFile: string): Plugin {
  return {
    name: 'sportello:tokens',
    enforce: 'pre',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined
      this.addWatchFile(tokensFile)
      const { light, dark } = themesFromTokens(readFileSync(tokensFile, 'utf8'))
      return `export const light = ${JSON.stringify(light)}\nexport const dark = ${JSON.stringify(dark)}\n`
    },
    transform(code, id) {
      if (id.split('?')[0] !== tokensFile) return undefined
      const { body } = block(code, '[data-theme="dark"]')
      return `${code}\n@media (prefers-color-scheme: dark) { :root:not([data-theme]) {${body}\n} }\n`
    },
  }
}
