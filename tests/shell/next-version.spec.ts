import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { demoPeople } from '../../scripts/demo-setup.ts'
import { newestVersion } from '../../electron/core/store/migrations/list.ts'
import { openElena } from '../e2e/open-customer.ts'
import { customerPage } from '../e2e/pages/customer-page.ts'
import { deskPage } from '../e2e/pages/desk-page.ts'
import { newTicketPage } from '../e2e/pages/new-ticket-page.ts'
import { ticketPage } from '../e2e/pages/ticket-page.ts'
import { expect, onlyDouble, test } from './fixtures.ts'
import { asThePreviousVersionLeftIt } from '../support/store-version.ts'

const agent = demoPeople.find(({ role }) => role === 'agent')!
/** The people of the demo, whom nobody was told of yet, and the ticket. */
const waiting = demoPeople.length + 1
const subject = 'Scritto con la versione di prima'

test('the next version opens what the last one left: customers, tickets, what waits to be sent, and a copy of before', onlyDouble('the store is put back a version with the core of the sources'), async ({ desk }) => {
  const { words } = desk
  await desk.signIn('agent')
  await openElena(desk)
  await customerPage(desk.page, words).newTicket.click()
  const form = newTicketPage(desk.page, words)
  await form.area('water').check()
  await form.type('information').check()
  await form.subject.fill(subject)
  await form.text.fill('Il testo resta.')
  await form.submit.click()
  await expect(ticketPage(desk.page, words).subject).toHaveText(subject)
  await expect(deskPage(desk.page, words).queued(waiting)).toBeVisible()
  await desk.kill()
  const { dataDir } = desk.shell()
  await asThePreviousVersionLeftIt(dataDir, agent)

  await desk.restart()
  // Somebody who has nothing open yet: which page of the agent's came back is another story.
  await desk.signIn('supervisor')
  await openElena(desk)
  await customerPage(desk.page, words).pageTab('tickets').click()
  await expect(customerPage(desk.page, words).row(subject)).toBeVisible()
  await expect(deskPage(desk.page, words).queued(waiting)).toBeVisible()
  expect(readdirSync(join(dataDir, 'copies'))).toEqual([`before-version-${newestVersion}.db`])
})
