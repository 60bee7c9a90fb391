import { shell as english } from '../../shared/locales/en/shell.ts'
import { shell as italian } from '../../shared/locales/it/shell.ts'
import type { TranslationOf } from '../../shared/locales/shape.ts'

export const shellLanguages = ['it', 'en'] as const
export type ShellLanguage = (typeof shellLanguages)[number]
export type ShellWords = TranslationOf<typeof italian>

/** The words of the desktop alone: this process has no use for the page's. */
export const shellWords: Readonly<Record<ShellLanguage, ShellWords>> = { it: italian, en: english }

/** The language before a page has told its own: the system's, Italian where it is neither. */
export function languageOf(preferred: readonly string[]): ShellLanguage {
  for (const tag of preferred) {
    const found = shellLanguages.find((language) => tag.toLowerCase().startsWith(language))
    if (found !== undefined) return found
  }
  return 'it'
}
