import type { Locator, Page } from '@playwright/test'
import type { Words } from '../words.ts'

type Tab = keyof Words['administration']['tabs']

/** What administrators decide at the hub. */
export function administrationPage(page: Page, words: Words) {
  const { administration, ui, people } = words
  const tabs = page.getByRole('tablist', { name: administration.tabs.label })
  const side = (name: string): Locator => page.getByRole('complementary', { name })
  return {
    tabs: tabs.getByRole('tab'),
    tab: (tab: Exclude<Tab, 'label'>): Locator => tabs.getByRole('tab', { name: administration.tabs[tab], exact: true }),
    table: (tab: Exclude<Tab, 'label'>): Locator => page.getByRole('grid', { name: administration.tabs[tab], exact: true }),
    row: (text: string): Locator => page.getByRole('row').filter({ hasText: text }),
    add: (label: string): Locator => page.getByRole('button', { name: label }),
    side,
    field: (form: Locator, label: string): Locator => form.getByLabel(label, { exact: true }),
    save: (form: Locator): Locator => form.getByRole('button', { name: administration.save }),
    cancel: (form: Locator): Locator => form.getByRole('button', { name: ui.cancel }),
    makeCode: page.getByRole('button', { name: administration.devices.make }),
    code: page.getByRole('status', { name: administration.devices.kind }),
    enter: page.getByRole('button', { name: administration.session.act }),
    question: page.getByRole('alertdialog'),
    firstPassword: (form: Locator): Locator => form.getByLabel(people.firstPassword, { exact: true }),
  }
}
