import type { Locator, Page } from '@playwright/test'
import type { TicketArea, TicketChannel, TicketType } from '../../../shared/domain/records/tickets.ts'
import { beginning } from '../words.ts'
import type { Words } from '../words.ts'

/** The form of a new ticket inside a customer's tab. */
export function newTicketPage(page: Page, words: Words) {
  const { tickets } = words
  const { create } = tickets
  const form = page.getByRole('form', { name: create.title })
  const choice = (legend: string, name: string | RegExp): Locator => form.getByRole('radiogroup', { name: legend }).getByRole('radio', { name })
  return {
    form,
    received: form.getByLabel(create.received, { exact: true }),
    useToday: form.getByRole('button', { name: create.day.useToday }),
    subject: form.getByLabel(create.subject, { exact: true }),
    text: form.getByRole('textbox', { name: beginning(create.text) }),
    submit: form.getByRole('button', { name: create.submit, exact: true }),
    draft: form.getByRole('status'),
    alert: form.getByRole('alert'),
    about: (supply: string | RegExp): Locator => choice(create.about, supply),
    area: (area: TicketArea): Locator => choice(create.area, tickets.area[area]),
    type: (type: TicketType): Locator => choice(create.type, beginning(tickets.type[type])),
    channel: (channel: TicketChannel): Locator => choice(create.channel, tickets.channel[channel]),
  }
}
