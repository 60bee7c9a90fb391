import type { Locator, Page } from '@playwright/test'
import { beginning, fill } from '../words.ts'
import type { Words } from '../words.ts'

type Area = 'lookup' | 'tickets' | 'outbox' | 'administration' | 'settings'

/** The frame around every page: rail, the one box, tabs, status bar, and what opens above it all. */
export function deskPage(page: Page, words: Words) {
  const { ui, desk } = words
  const areas: Readonly<Record<Area, string>> = { lookup: ui.areas.lookup, tickets: ui.areas.tickets, outbox: ui.areas.outbox, administration: desk.areas.administration, settings: desk.areas.settingsShort }
  const rail = page.getByRole('navigation', { name: ui.areas.label })
  const tabs = page.getByRole('tablist', { name: ui.tabs.label })
  const status = page.getByRole('contentinfo', { name: ui.status.label })
  return {
    rail,
    status,
    tabs: tabs.getByRole('tab'),
    box: page.getByRole('combobox', { name: ui.top.lookupLabel }),
    sheet: page.getByRole('main'),
    newTicket: page.getByRole('button', { name: desk.newTicket, exact: true }),
    signOut: status.getByRole('button', { name: desk.signOut }),
    /** The question asked before what cannot be undone. */
    question: page.getByRole('alertdialog'),
    keys: page.getByRole('dialog', { name: ui.keys.title }),
    palette: page.getByRole('dialog', { name: ui.palette.title }),
    /** The tab of an open customer or ticket. */
    tab: (title: string | RegExp): Locator => tabs.getByRole('tab', { name: title }),
    area: (area: Area): Locator => rail.getByRole('button', { name: beginning(areas[area]) }),
    /** What the status bar says while `n` writes wait to be sent. */
    queued: (n: number): Locator => status.getByRole('button', { name: fill(ui.status.queued, { n }), exact: true }),
  }
}
export type DeskPage = ReturnType<typeof deskPage>
