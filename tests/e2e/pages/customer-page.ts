import type { Locator, Page } from '@playwright/test'
import { callerChecks } from '../../../shared/domain/caller-check.ts'
import type { CallerCheck } from '../../../shared/domain/caller-check.ts'
import { beginning, fill } from '../words.ts'
import type { Words } from '../words.ts'

export const sheetPages = ['overview', 'invoices', 'readings', 'tickets', 'portal', 'timeline'] as const
export type SheetPage = (typeof sheetPages)[number]

/** The sheet of one customer. */
export function customerPage(page: Page, words: Words) {
  const { customer } = words
  const sheet = page.getByRole('article')
  const side = page.getByRole('complementary', { name: customer.side.label })
  const supplies = page.getByRole('radiogroup', { name: customer.supply.label })
  const panel = page.getByRole('tabpanel')
  const reveal = side.getByRole('button', { name: beginning(customer.verify.reveal) })
  /** Where what the caller says is typed. */
  const answer = (check: CallerCheck): Locator => side.getByRole('textbox', { name: customer.verify.check[check], exact: true })
  return {
    side,
    supplies,
    panel,
    reveal,
    answer,
    name: sheet.getByRole('heading', { level: 1 }),
    facts: sheet.getByLabel(customer.fact.label),
    toVerify: sheet.getByRole('button', { name: customer.notVerified }),
    forget: side.getByRole('button', { name: customer.verify.forget }),
    newReading: sheet.getByRole('button', { name: customer.action.reading, exact: true }),
    newTicket: sheet.getByRole('button', { name: customer.action.ticket, exact: true }),
    pageTab: (one: SheetPage): Locator => page.getByRole('tablist', { name: customer.page.label }).getByRole('tab', { name: beginning(customer.page[one]) }),
    supply: (title: string | RegExp): Locator => supplies.getByRole('radio', { name: title }),
    /** Rows of the table on the page shown. */
    row: (text: string | RegExp): Locator => panel.getByRole('row').filter({ hasText: text }),
    /** The symbol that deletes the reading of a day, there while it is still to be acquired. */
    deleteReading: (day: string): Locator => panel.getByRole('button', { name: fill(customer.readings.remove, { day }) }),
    verify: async (answers: Readonly<Partial<Record<CallerCheck, string>>>): Promise<void> => {
      for (const check of callerChecks) if (answers[check] !== undefined) await answer(check).fill(answers[check])
      await reveal.click()
    },
  }
}
