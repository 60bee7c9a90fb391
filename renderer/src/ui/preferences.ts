import { computed, inject, shallowRef, watch } from 'vue'
import type { App, ComputedRef, InjectionKey, Ref } from 'vue'
import type { Preferences } from '../../../shared/contract/session.ts'
import { defaultLockMinutes } from '../../../shared/domain/lock.ts'
import { systemLanguage } from './i18n.ts'
import type { Words } from './i18n.ts'
import type { DeskVuetify, ThemeName } from './theme/vuetify.ts'

export const SYSTEM_PREFERENCES: Preferences = { language: null, theme: null, singleKeys: true, lockMinutes: defaultLockMinutes }

export type DeskPreferences = {
  readonly current: Readonly<Ref<Preferences>>
  /** The theme on the screen: the chosen one, or the system's. */
  readonly theme: ComputedRef<ThemeName>
  /** Shows other preferences, as told by the core; does not store them. */
  readonly show: (preferences: Preferences) => void
  /** Changes some of them: at once on the screen, then in the store. */
  readonly choose: (change: Partial<Preferences>) => void
  /** Called with what the person chose; the desk stores it through the core. */
  readonly onChosen: (listener: (preferences: Preferences) => void) => void
  readonly install: (app: App) => void
}

const preferencesKey: InjectionKey<DeskPreferences> = Symbol('preferences')
const darkSystem = matchMedia('(prefers-color-scheme: dark)')

/** The system's theme at this moment. */
export function systemTheme(): ThemeName {
  return darkSystem.matches ? 'dark' : 'light'
}

/** Light or dark, language and single keys: follows the system where nothing is chosen, on the screen at once. */
export function createPreferences(initial: Preferences, words: Words, vuetify: DeskVuetify): DeskPreferences {
  const current = shallowRef(initial)
  const system = shallowRef(systemTheme())
  const theme = computed(() => current.value.theme ?? system.value)
  const language = computed(() => current.value.language ?? systemLanguage())
  let chosen: (preferences: Preferences) => void = () => undefined

  darkSystem.addEventListener('change', () => {
    system.value = systemTheme()
  })
  watch(theme, (name) => {
    document.documentElement.dataset['theme'] = name
    void vuetify.theme.change(name)
  }, { immediate: true, flush: 'sync' })
  watch(language, (name) => {
    vuetify.locale.current.value = name
    void words.speak(name)
  })

  const preferences: DeskPreferences = {
    current,
    theme,
    show: (next) => {
      current.value = next
    },
    choose: (change) => {
      current.value = { ...current.value, ...change }
      chosen(current.value)
    },
    onChosen: (listener) => {
      chosen = listener
    },
    install: (app) => {
      app.provide(preferencesKey, preferences)
    },
  }
  return preferences
}

export function usePreferences(): DeskPreferences {
  const preferences = inject(preferencesKey)
  if (preferences === undefined) throw new Error('preferences are not installed')
  return preferences
}
