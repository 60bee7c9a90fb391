import { createVuetify } from 'vuetify'
import { md3 } from 'vuetify/blueprints'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'
import { en, it } from 'vuetify/locale'
import { dark, light } from 'virtual:desk-theme'
import type { Language } from '../../../../shared/locales/index.ts'

export type ThemeName = 'light' | 'dark'

const field = { variant: 'outlined', hideDetails: 'auto', rounded: 'md', color: undefined } as const

/** Defaults of the design page; a component asks for something else only where the screen shows it. */
const defaults = {
  global: { density: 'compact', ripple: false, elevation: 0 },
  VBtn: { variant: 'outlined', rounded: 'md', height: 32, color: undefined },
  VBtnGroup: { rounded: 'md' },
  VTextField: field,
  VSelect: field,
  VAutocomplete: field,
  VCombobox: field,
  VNumberInput: field,
  VTextarea: field,
  VCheckbox: { color: 'primary', inset: false, hideDetails: 'auto' },
  VRadioGroup: { color: 'primary', hideDetails: 'auto' },
  VCard: { variant: 'flat', border: true, rounded: 'lg' },
  VSheet: { border: true, rounded: 'lg' },
  VDataTableVirtual: { hover: true, fixedHeader: true, itemHeight: 28 },
  VTabs: { height: 34, color: 'primary', sliderTransition: 'fade' },
  VChip: { variant: 'tonal', rounded: 'sm', size: 'small', label: true },
  VTooltip: { openDelay: 400 },
  VNavigationDrawer: { rail: true, railWidth: 64, border: 'e' },
  VAppBar: { flat: true, height: 48 },
} as const

/** Vuetify with the desk's themes, generated from `tokens.css`, and the desk's defaults. */
export function createDeskVuetify(theme: ThemeName, language: Language) {
  return createVuetify({
    blueprint: md3,
    theme: { defaultTheme: theme, themes: { light, dark }, variations: false },
    defaults,
    icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
    locale: { locale: language, fallback: 'it', messages: { it, en } },
    display: { mobileBreakpoint: 0 },
  })
}
export type DeskVuetify = ReturnType<typeof createDeskVuetify>
