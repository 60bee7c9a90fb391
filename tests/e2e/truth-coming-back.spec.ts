import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { demoPeople } from '../../scripts/demo-setup.ts'
import { expect, test } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { customerPage } from './pages/customer-page.ts'
import { queuePage } from './pages/queue-page.ts'
import { signInPage } from './pages/sign-in-page.ts'

const elena = knownCustomers.zanierElena
const agent = demoPeople.find(({ role }) => role === 'agent')!

test('a page asked for while the desk is still coming back is not taken away', async ({ desk }) => {
  const { page, words } = desk
  const release = await desk.hold('workspace.load')
  const frame = await desk.signInAgain('agent')
  await frame.area('tickets').click()
  await release()
  const queue = queuePage(page, words)
  await expect(queue.row('Bolletta raddoppiata')).toBeVisible()
  await expect(queue.heading).toBeVisible()
})

test('a page asked for while the last tab is still coming back is not taken away, and the tab is there', async ({ desk }) => {
  const { page, words } = desk
  const frame = await desk.signIn('agent')
  await openElena(desk)
  await frame.signOut.click()
  await expect(signInPage(page, words).heading).toBeVisible()
  const release = await desk.hold('workspace.load')
  await signInPage(page, words).signIn(agent)
  await frame.area('tickets').click()
  await release()
  const queue = queuePage(page, words)
  await expect(queue.row('Bolletta raddoppiata')).toBeVisible()
  await expect(queue.heading).toBeVisible()
  await frame.tab(elena.name).click()
  await expect(customerPage(page, words).name).toHaveText(elena.name)
})
