import type { Locator, Page } from '@playwright/test'
import type { Words } from '../words.ts'

/** The one box and what it finds. */
export class LookupPage {
  readonly box: Locator
  readonly results: Locator
  readonly rows: Locator
  /** The row that Enter acts on. */
  readonly chosen: Locator
  readonly recent: Locator
  readonly preview: Locator
  readonly page: Locator

  constructor(page: Page, words: Words) {
    this.page = page.getByRole('main')
    this.box = page.getByRole('combobox', { name: words.ui.top.lookupLabel })
    this.results = page.getByRole('listbox', { name: words.lookup.results })
    this.rows = this.results.getByRole('option')
    this.chosen = this.results.getByRole('option', { selected: true })
    this.recent = page.getByRole('listbox', { name: words.lookup.recent }).getByRole('option')
    this.preview = page.getByRole('complementary', { name: words.lookup.preview.label })
  }

  /** Rows whose text holds `text`. */
  row(text: string): Locator {
    return this.rows.filter({ hasText: text })
  }

  async search(text: string): Promise<void> {
    await this.box.click()
    await this.box.fill(text)
  }
}
