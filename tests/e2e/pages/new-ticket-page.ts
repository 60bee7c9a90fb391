import type { Locator, Page } from '@playwright/test'
import type { TicketArea, TicketChannel, TicketType } from '../../../shared/domain/records/tickets.ts'
import { beginning } from '../words.ts'
import type { Words } from '../words.ts'

/** The form of a new ticket inside a customer's tab. */
export class NewTicketPage {
  readonly form: Locator
  readonly about: Locator
  readonly received: Locator
  readonly useToday: Locator
  readonly subject: Locator
  readonly text: Locator
  readonly submit: Locator
  readonly draft: Locator
  readonly alert: Locator
  readonly #words: Words

  constructor(page: Page, words: Words) {
    const { create } = words.tickets
    this.#words = words
    this.form = page.getByRole('form', { name: create.title })
    this.about = this.form.getByRole('radiogroup', { name: create.about })
    this.received = this.form.getByLabel(create.received, { exact: true })
    this.useToday = this.form.getByRole('button', { name: create.day.useToday })
    this.subject = this.form.getByLabel(create.subject, { exact: true })
    this.text = this.form.getByRole('textbox', { name: beginning(create.text) })
    this.submit = this.form.getByRole('button', { name: create.submit, exact: true })
    this.draft = this.form.getByRole('status')
    this.alert = this.form.getByRole('alert')
  }

  area(area: TicketArea): Locator {
    return this.form.getByRole('radiogroup', { name: this.#words.tickets.create.area }).getByRole('radio', { name: this.#words.tickets.area[area] })
  }

  type(type: TicketType): Locator {
    return this.form.getByRole('radiogroup', { name: this.#words.tickets.create.type }).getByRole('radio', { name: beginning(this.#words.tickets.type[type]) })
  }

  channel(channel: TicketChannel): Locator {
    return this.form.getByRole('radiogroup', { name: this.#words.tickets.create.channel }).getByRole('radio', { name: this.#words.tickets.channel[channel], exact: true })
  }
}
