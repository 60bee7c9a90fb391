import type { Locator, Page } from '@playwright/test'
import type { CallerCheck } from '../../../shared/contract/customers.ts'
import { beginning, fill } from '../words.ts'
import type { Words } from '../words.ts'

type SheetPage = 'overview' | 'invoices' | 'readings' | 'tickets' | 'portal' | 'timeline'

/** The sheet of one customer. */
export class CustomerPage {
  readonly name: Locator
  readonly facts: Locator
  readonly side: Locator
  readonly reveal: Locator
  readonly forget: Locator
  readonly toVerify: Locator
  readonly newReading: Locator
  readonly newTicket: Locator
  readonly pages: Locator
  readonly supplies: Locator
  readonly panel: Locator
  /** What the page shown says happened. */
  readonly notice: Locator
  readonly #words: Words

  constructor(page: Page, words: Words) {
    const { customer } = words
    const sheet = page.getByRole('article')
    this.#words = words
    this.name = sheet.getByRole('heading', { level: 1 })
    this.facts = sheet.getByLabel(customer.fact.label)
    this.side = page.getByRole('complementary', { name: customer.side.label })
    this.reveal = this.side.getByRole('button', { name: customer.verify.reveal })
    this.forget = this.side.getByRole('button', { name: customer.verify.forget })
    this.toVerify = sheet.getByRole('button', { name: customer.notVerified })
    const head = sheet.getByRole('banner').or(sheet)
    this.newReading = head.getByRole('button', { name: customer.action.reading, exact: true })
    this.newTicket = head.getByRole('button', { name: customer.action.ticket, exact: true })
    this.pages = page.getByRole('tablist', { name: customer.page.label })
    this.supplies = page.getByRole('radiogroup', { name: customer.supply.label })
    this.panel = sheet.getByRole('tabpanel')
    this.notice = this.panel.getByRole('status')
  }

  pageTab(page: SheetPage): Locator {
    return this.pages.getByRole('tab', { name: beginning(this.#words.customer.page[page]) })
  }

  check(check: CallerCheck): Locator {
    return this.side.getByRole('checkbox', { name: beginning(this.#words.customer.verify.check[check]) })
  }

  supply(title: string | RegExp): Locator {
    return this.supplies.getByRole('radio', { name: title })
  }

  /** Rows of the table on the page shown. */
  row(text: string | RegExp): Locator {
    return this.panel.getByRole('row').filter({ hasText: text })
  }

  /** The symbol that deletes the reading of a day, shown while it is still to be acquired. */
  deleteReading(day: string): Locator {
    return this.panel.getByRole('button', { name: fill(this.#words.customer.readings.remove, { day }) })
  }

  async verify(first: CallerCheck, second: CallerCheck): Promise<void> {
    await this.check(first).check()
    await this.check(second).check()
    await this.reveal.click()
  }
}
