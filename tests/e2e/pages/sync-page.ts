import type { Locator, Page } from '@playwright/test'
import type { OutboxView } from '../../../shared/contract/outbox.ts'
import type { Words } from '../words.ts'

/** Where this desk stands with its hub, and what is not confirmed. */
export function syncPage(page: Page, words: Words) {
  const { sync, outbox, ui } = words
  const main = page.getByRole('main')
  const joining = page.getByRole('dialog', { name: sync.join.title })
  const session = page.getByRole('dialog', { name: sync.session.title })
  return {
    /** The one sentence about the link. */
    link: (text: string | RegExp): Locator => main.getByRole('heading', { level: 2, name: text }),
    said: main.getByRole('status').first(),
    facts: page.getByRole('complementary', { name: sync.facts.label }),
    grid: (view: OutboxView = 'open'): Locator => page.getByRole('grid', { name: view === 'open' ? outbox.unconfirmed : sync.list.titles[view] }),
    view: (view: OutboxView): Locator => page.getByRole('radiogroup', { name: sync.view.label }).getByText(sync.view[view], { exact: true }),
    detail: page.getByRole('region', { name: sync.list.detail }),
    sendNow: page.getByRole('button', { name: sync.act.sendNow }),
    compare: page.getByRole('button', { name: sync.health.compare }),
    join: page.getByRole('button', { name: sync.act.join }),
    joining: {
      dialog: joining,
      address: joining.getByLabel(sync.join.address, { exact: true }),
      code: joining.getByLabel(sync.join.code, { exact: true }),
      submit: joining.getByRole('button', { name: sync.join.submit }),
      /** What is shown when the desk has joined. */
      done: (hub: string): Locator => page.getByRole('dialog', { name: sync.join.doneTitle.replace('{hub}', hub) }),
      close: page.getByRole('button', { name: sync.join.doneClose }),
    },
    session: {
      dialog: session,
      open: page.getByRole('button', { name: sync.act.openSession }),
      password: session.getByLabel(sync.session.password, { exact: true }),
      submit: session.getByRole('button', { name: sync.session.submit }),
      cancel: session.getByRole('button', { name: ui.cancel }),
    },
  }
}
