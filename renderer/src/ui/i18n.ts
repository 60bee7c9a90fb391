import { computed, inject, shallowRef, triggerRef } from 'vue'
import type { App, ComputedRef, InjectionKey } from 'vue'
import { createI18n } from 'vue-i18n'
import { languages } from '../../../shared/locales/index.ts'
import type { Language, MessageKey } from '../../../shared/locales/index.ts'
import { createFormat } from './format.ts'
import type { Format } from './format.ts'

/** Values for the placeholders of a message; `n` also chooses the plural form. */
export type MessageParams = Readonly<Record<string, string | number>>

/** Words in the chosen language. A component that calls it is drawn again when the language changes. */
export type Translate = (key: MessageKey, params?: MessageParams) => string

export type Words = {
  readonly t: Translate
  readonly format: ComputedRef<Format>
  readonly language: ComputedRef<Language>
  /** Loads the words of a language, then shows them. Nothing changes on the screen before they are there. */
  readonly speak: (language: Language) => Promise<void>
  readonly install: (app: App) => void
}

const wordsKey: InjectionKey<Words> = Symbol('words')

/** The language of the system, Italian where it is neither Italian nor English. */
export function systemLanguage(preferred: readonly string[] = navigator.languages): Language {
  for (const tag of preferred) {
    const found = languages.find((language) => tag.toLowerCase().startsWith(language))
    if (found !== undefined) return found
  }
  return 'it'
}

async function load(language: Language): Promise<Record<string, Record<string, unknown>>> {
  switch (language) {
    case 'it':
      return (await import('virtual:locale/it')).default
    case 'en':
      return (await import('virtual:locale/en')).default
  }
}

/** Loads the words of `language` and answers the desk's words. */
export async function createWords(language: Language): Promise<Words> {
  // The composition interface is chosen at build time, by the flag for the legacy one.
  const i18n = createI18n<false>({ locale: language, fallbackLocale: 'it', missingWarn: false, fallbackWarn: false })
  const loaded = new Set<Language>()
  const current = shallowRef<Language>(language)

  async function speak(next: Language): Promise<void> {
    if (!loaded.has(next)) {
      i18n.global.setLocaleMessage(next, await load(next))
      loaded.add(next)
    }
    i18n.global.locale.value = next
    document.documentElement.lang = next
    current.value = next
    triggerRef(current)
  }
  await speak(language)

  const t: Translate = (key, params) => {
    const n = params?.['n']
    if (params === undefined) return i18n.global.t(key)
    return typeof n === 'number' ? i18n.global.t(key, { ...params }, n) : i18n.global.t(key, { ...params })
  }
  const words: Words = {
    t,
    speak,
    language: computed(() => current.value),
    format: computed(() => createFormat(current.value)),
    install(app) {
      app.use(i18n)
      app.provide(wordsKey, words)
    },
  }
  return words
}

/** The desk's words inside a component or a store. */
export function useWords(): Words {
  const words = inject(wordsKey)
  if (words === undefined) throw new Error('words are not installed')
  return words
}
