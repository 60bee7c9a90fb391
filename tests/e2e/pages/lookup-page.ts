import type { Locator, Page } from '@playwright/test'
import type { Words } from '../words.ts'

/** The one box and what it finds. */
export function lookupPage(page: Page, words: Words) {
  const { lookup, ui } = words
  const box = page.getByRole('combobox', { name: ui.top.lookupLabel })
  const results = page.getByRole('listbox', { name: lookup.results })
  const rows = results.getByRole('option')
  return {
    box,
    results,
    rows,
    sheet: page.getByRole('main'),
    /** The row that Enter acts on. */
    chosen: results.getByRole('option', { selected: true }),
    recent: page.getByRole('listbox', { name: lookup.recent }).getByRole('option'),
    preview: page.getByRole('complementary', { name: lookup.preview.label }),
    row: (text: string): Locator => rows.filter({ hasText: text }),
    search: async (text: string): Promise<void> => {
      await box.click()
      await box.fill(text)
    },
  }
}
