import type { Locator, Page } from '@playwright/test'
import { beginning, fill } from '../words.ts'
import type { Words } from '../words.ts'

type Area = 'lookup' | 'tickets' | 'outbox' | 'people' | 'settings'

/** The frame around every page: rail, the one box, tabs, status bar, and what stands above it all. */
export class DeskPage {
  readonly lookupBox: Locator
  readonly rail: Locator
  readonly tabs: Locator
  readonly status: Locator
  readonly signOut: Locator
  readonly sheet: Locator
  readonly newTicket: Locator
  /** The question asked before what cannot be undone. */
  readonly question: Locator
  readonly keys: Locator
  readonly palette: Locator
  readonly #words: Words

  constructor(page: Page, words: Words) {
    this.#words = words
    this.lookupBox = page.getByRole('combobox', { name: words.ui.top.lookupLabel })
    this.rail = page.getByRole('navigation', { name: words.ui.areas.label })
    this.tabs = page.getByRole('tablist', { name: words.ui.tabs.label })
    this.status = page.getByRole('contentinfo', { name: words.ui.status.label })
    this.signOut = this.status.getByRole('button', { name: words.desk.signOut })
    this.sheet = page.getByRole('main')
    this.newTicket = page.getByRole('button', { name: words.desk.newTicket, exact: true })
    this.question = page.getByRole('alertdialog')
    this.keys = page.getByRole('dialog', { name: words.ui.keys.title })
    this.palette = page.getByRole('dialog', { name: words.ui.palette.title })
  }

  /** The tab of an open customer or ticket. */
  tab(title: string): Locator {
    return this.tabs.getByRole('tab', { name: title })
  }

  area(area: Area): Locator {
    const { areas } = this.#words.ui
    const own = this.#words.desk.areas
    const labels: Readonly<Record<Area, string>> = { lookup: areas.lookup, tickets: areas.tickets, outbox: areas.outbox, people: own.people, settings: own.settingsShort }
    return this.rail.getByRole('button', { name: beginning(labels[area]) })
  }

  /** What the status bar says while `n` writes wait to be sent. */
  queued(n: number): Locator {
    return this.status.getByRole('button', { name: fill(this.#words.ui.status.queued, { n }), exact: true })
  }
}
