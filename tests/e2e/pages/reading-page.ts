import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { fill } from '../words.ts'
import type { Words } from '../words.ts'

type Metered = 'electricity' | 'gas' | 'water'

/** The form of today's reading, as the meter looks. */
export class ReadingPage {
  readonly save: Locator
  readonly today: Locator
  readonly remove: Locator
  readonly back: Locator
  readonly history: Locator
  readonly reason: Locator
  readonly alert: Locator
  readonly verdict: Locator
  readonly draft: Locator
  readonly #page: Page
  readonly #words: Words

  constructor(page: Page, words: Words) {
    const { readings } = words
    this.#page = page
    this.#words = words
    this.save = page.getByRole('button', { name: readings.save, exact: true })
    this.today = page.getByRole('region', { name: readings.saved.title })
    this.remove = page.getByRole('button', { name: readings.saved.remove, exact: true })
    this.back = page.getByRole('button', { name: readings.choose.back })
    this.verdict = page.getByRole('region', { name: readings.history.title }).first()
    this.history = this.verdict.getByRole('table')
    this.reason = page.getByLabel(readings.reason.label, { exact: true })
    this.alert = page.getByRole('alert')
    this.draft = page.getByRole('status')
  }

  form(commodity: Metered): Locator {
    return this.#page.getByRole('form', { name: this.#words.readings.title[commodity] })
  }

  /** Where the meter is chosen; its button holds the code of the supply. */
  point(code: string): Locator {
    return this.#page.getByRole('button', { name: code })
  }

  /** The part of the form for one counter: the meter, a band, or the corrector. */
  counter(title: string): Locator {
    return this.#page.getByRole('region', { name: title, exact: true })
  }

  /** The drums or dials of a counter. */
  wheels(title: string): Locator {
    return this.counter(title).getByRole('spinbutton')
  }

  typed(title: string): Locator {
    return this.counter(title).getByRole('textbox', { name: fill(this.#words.readings.typed.labelFor, { what: title }) })
  }

  /** The whole units that a counter showed last, as the form says it. */
  async lastValue(title: string, day: RegExp = /(?<value>\d[\d.,]*)/): Promise<number> {
    const before = this.counter(title).getByText(new RegExp(`^${this.#words.readings.meter.before.slice(0, this.#words.readings.meter.before.indexOf('{'))}`))
    await expect(before).toBeVisible()
    const text = day.exec(await before.innerText())?.groups?.['value'] ?? ''
    // Thousands are grouped by three; a comma or dot before fewer figures begins the decimals.
    return Number(text.replaceAll(/[.,](?=\d{3}(?:\D|$))/g, '').replace(',', '.').replace(/\..*$/, ''))
  }
}
