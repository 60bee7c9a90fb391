import type { Locator, Page } from '@playwright/test'
import { beginning, fill, pattern } from '../words.ts'
import type { Words } from '../words.ts'

type Metered = 'electricity' | 'gas' | 'water'

/** The form of today's reading, as the meter looks. */
export function readingPage(page: Page, words: Words) {
  const { readings } = words
  const today = page.getByRole('region', { name: readings.saved.title })
  const verdict = page.getByRole('region', { name: readings.history.title }).first()
  /** The part of the form for one counter: the meter, a band, or the corrector. */
  const counter = (title: string): Locator => page.getByRole('region', { name: title, exact: true }).last()
  return {
    today,
    verdict,
    counter,
    save: page.getByRole('button', { name: beginning(readings.save) }),
    remove: today.getByRole('button', { name: readings.saved.remove, exact: true }),
    other: page.getByRole('button', { name: readings.choose.other }),
    back: page.getByRole('button', { name: readings.choose.back }),
    history: verdict.getByRole('table').getByRole('row'),
    reason: page.getByRole('textbox', { name: readings.reason.label }),
    alert: page.getByRole('alert'),
    form: (commodity: Metered): Locator => page.getByRole('form', { name: readings.title[commodity] }),
    /** Where the meter is chosen; its button holds the code of the supply. */
    point: (code: string): Locator => page.getByRole('button', { name: code }),
    /** The drums or dials of a counter. */
    wheels: (title: string): Locator => counter(title).getByRole('spinbutton'),
    typed: (title: string): Locator => page.getByRole('textbox', { name: fill(readings.typed.labelFor, { what: title }) }),
    /** The whole units that a counter showed last, as the form says it. The demo's readings have no decimals. */
    lastValue: async (title: string): Promise<number> => {
      const said = await counter(title).getByText(pattern(readings.meter.before)).innerText()
      return Number(/\d[\d.,]*/.exec(said)?.[0].replaceAll(/[.,]/g, ''))
    },
  }
}
