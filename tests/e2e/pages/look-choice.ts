import type { Locator, Page } from '@playwright/test'
import type { Words } from '../words.ts'

/** Language and theme, as chosen in the settings and on the pages before the desk. What is pressed is the word, the radio button itself is not seen. */
export function lookChoice(page: Page, words: Words) {
  const { settings } = words.ui
  const option = (group: string, name: string): Locator => page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true })
  return {
    italian: option(settings.language, 'Italiano'),
    english: option(settings.language, 'English'),
    light: option(settings.theme, settings.light),
    dark: option(settings.theme, settings.dark),
  }
}
