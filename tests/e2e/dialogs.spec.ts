import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import type { CustomerSheet, FieldConflictView, ReadingView } from '../../shared/contract/customers.ts'
import type { ContestedDay } from '../../shared/contract/inbox.ts'
import { civilDay } from '../../shared/domain/civil-day.ts'
import { expectAccessible } from './accessible.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { openElena } from './open-customer.ts'
import { openTicket } from './open-ticket.ts'
import { customerPage } from './pages/customer-page.ts'
import { syncPage } from './pages/sync-page.ts'
import { alterReplies, followingStatus, ok, playHub } from './played-hub.ts'
import { themesOf } from './themes.ts'
import { fill } from './words.ts'

const atTheDoor = 'the hub is played at the door of the loopback host'
const { zanierElena } = knownCustomers
const conflict: FieldConflictView = { conflictId: 'k1', field: 'email', kept: { text: 'nuovo@mail.example', masked: false }, lost: { text: 'vecchio@mail.example', masked: false }, before: { text: 'primo@mail.example', masked: false }, lostBy: 'Marco Visintin', lostAt: '2026-11-20T07:40:00.000Z', mine: null, stands: 'kept', decisions: [], keptBy: 'Chiara Benussi', at: '2026-11-20T08:00:00.000Z', state: 'open', settledBy: null, settledAt: null }
const values = { value2: null, value3: null, correctorValue: null, mine: false, at: '2026-11-20T07:40:00.000Z', reason: null } as const
const contestedDay: ContestedDay = {
  customerId: 'c1', customer: zanierElena.name, commodity: 'water', day: civilDay(2026, 11, 20), before: null, mayDecide: true, deciders: [], decisions: [],
  meter: { meterId: 'm1', serial: '18-204417', kind: 'direct', digits: 5, decimals: 3, corrector: false, correctorSerial: null, correctorDigits: null, installedDay: null, removedDay: null },
  readings: [{ ...values, entry: 'e0', value: 2_114_000, state: 'pending', by: 'Marco Visintin' }, { ...values, entry: 'e1', value: 2_141_000, state: 'contested', by: 'Chiara Benussi' }],
}
/** A picture of one point. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

for (const theme of themesOf('dark')) {
  test.describe(`what stands above the page, in ${theme}`, () => {
    test.use({ theme, contextOptions: { reducedMotion: 'reduce' } })

    test('contacts of a verified caller, and values that two desks changed', onlyServe(atTheDoor), async ({ desk }) => {
      const { page, words } = desk
      const customer = customerPage(page, words)
      await playHub(page, { hub: { status: () => ok(followingStatus()) }, customers: { conflicts: () => ok([conflict, { ...conflict, conflictId: 'k2', field: 'phone', kept: null, state: 'settled', settledBy: 'Marco Visintin', settledAt: conflict.at }]) } })
      await alterReplies(page, { 'customers.open': (sheet: CustomerSheet) => ({ ...sheet, alerts: [{ kind: 'data_conflict', open: 1 }, ...sheet.alerts] }) })
      await desk.signIn('agent')
      await openElena(desk)
      await page.getByRole('button', { name: words.contact.conflict.alert }).click()
      const conflicts = page.getByRole('dialog', { name: words.contact.conflict.title })
      await expect(conflicts).toContainText('vecchio@mail.example')
      await expectAccessible(page, 'conflicts')
      await page.keyboard.press('Escape')
      await expect(conflicts).toBeHidden()
      await customer.verify({ birth_day: desk.format.date(zanierElena.who.birthDay), tax_code_end: zanierElena.who.taxCode.slice(-4) })
      await expect(customer.forget).toBeVisible()
      await page.getByRole('button', { name: words.contact.action }).click()
      const contacts = page.getByRole('dialog', { name: fill(words.contact.title, { name: zanierElena.name }) })
      await contacts.getByLabel(words.contact.phone, { exact: true }).fill('12')
      await page.keyboard.press('Control+Enter')
      await expect(contacts.getByLabel(words.contact.phone, { exact: true })).toHaveAccessibleDescription(words.contact.error.phoneInvalid)
      await expectAccessible(page, 'contacts')
    })

    test('who a customer is, corrected by a supervisor for a verified caller', async ({ desk }) => {
      const { page, words } = desk
      const customer = customerPage(page, words)
      const { identity } = words.contact
      await desk.signIn('supervisor')
      await openElena(desk)
      await customer.verify({ birth_day: desk.format.date(zanierElena.who.birthDay), tax_code_end: zanierElena.who.taxCode.slice(-4) })
      await expect(customer.forget).toBeVisible()
      await page.getByRole('button', { name: identity.action }).click()
      const dialog = page.getByRole('dialog', { name: fill(identity.title, { name: zanierElena.name }) })
      const field = (label: string) => dialog.getByLabel(label, { exact: true })
      await expect(field(words.inbox.correct.lastName)).toBeFocused()
      await page.keyboard.press('Control+Enter')
      await expect(field(words.inbox.correct.lastName)).toHaveAccessibleDescription(identity.nothing)
      await expect(field(identity.reason)).toHaveAccessibleDescription(new RegExp(identity.reasonMissing))
      await field(words.portal.form.taxCode).fill('ZNRLNE76P54C743X')
      await field(identity.reason).fill('Carta d’identità vista')
      await page.keyboard.press('Control+Enter')
      await expect(field(words.portal.form.taxCode)).toHaveAccessibleDescription(identity.taxCodeInvalid)
      await expectAccessible(page, 'identity')
      await field(words.portal.form.taxCode).fill(zanierElena.who.taxCode)
      await field(words.inbox.correct.firstName).fill('Elena Maria')
      await page.keyboard.press('Control+Enter')
      await expect(dialog).toBeHidden()
      await expect(page.getByRole('heading', { name: 'Zanier Elena Maria' })).toBeVisible()
    })

    test('the choice among readings of a day, by a supervisor', onlyServe(atTheDoor), async ({ desk }) => {
      const { page, words } = desk
      await playHub(page, { inbox: { contested: () => ok(contestedDay) } })
      await alterReplies(page, {
        'customers.readings': ({ rows, total }: { readonly rows: readonly ReadingView[]; readonly total: number }) => ({ total, rows: rows.map((row, index) => (index > 1 ? row : { ...row, day: rows[0]?.day, meterId: rows[0]?.meterId, entry: `e${index}`, source: 'desk', state: index === 0 ? 'pending' : 'contested' })) }),
      })
      await desk.signIn('supervisor')
      await openElena(desk)
      await customerPage(page, words).pageTab('readings').click()
      await page.getByRole('button', { name: words.customer.readings.decide }).first().click()
      const dialog = page.getByRole('dialog')
      await expect(dialog.getByRole('radio').first()).toBeChecked()
      await dialog.getByLabel(words.inbox.contested.why, { exact: true }).focus()
      await page.keyboard.press('Control+Enter')
      await expect(dialog.getByLabel(words.inbox.contested.why, { exact: true })).toHaveAccessibleDescription(words.inbox.letGo.reasonMissing)
      await expectAccessible(page, 'settling')
    })

    test('files beside a ticket: a picture and a text open here, another file says that it must be saved', async ({ desk }) => {
      const { page, words } = desk
      const { files } = words.tickets
      await desk.signIn('agent')
      await openElena(desk)
      await openTicket(desk, 'Contatore fotografato')
      const panel = page.getByRole('region', { name: files.title })
      await panel.getByLabel(files.add).last().setInputFiles([
        { name: 'contatore.png', mimeType: 'image/png', buffer: png },
        { name: 'nota.txt', mimeType: 'text/plain', buffer: Buffer.from('Perde <b>acqua</b> da lunedì.') },
        { name: 'reclamo.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
      ])
      const open = (name: string) => panel.getByRole('button', { name: fill(files.open, { name }) })
      await expect(open('reclamo.pdf')).toHaveAccessibleDescription(files.mustBeSaved)
      await expectAccessible(page, 'files of a ticket')
      await open('contatore.png').click()
      const picture = page.getByRole('dialog', { name: 'contatore.png' }).getByRole('img')
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
      await expectAccessible(page, 'a picture')
      await page.keyboard.press('Escape')
      await open('nota.txt').click()
      await expect(page.getByRole('dialog', { name: 'nota.txt' })).toContainText('Perde <b>acqua</b> da lunedì.')
      await expectAccessible(page, 'a text')
    })

    test('a desk from which nothing leaves says since when, what to do, and what to tell', onlyServe(atTheDoor), async ({ desk }) => {
      const { page, words } = desk
      const sync = syncPage(page, words)
      await playHub(page, { hub: { status: () => ok(followingStatus({ stuck: true, queued: 12, oldestQueuedAt: new Date(Date.now() - 840_000).toISOString() })) } })
      const frame = await desk.signIn('agent')
      await frame.area('outbox').click()
      await expect(sync.said).toContainText(fill(words.sync.link.stuckText, { n: 12, count: 12 }))
      await expect(sync.said).toContainText(words.sync.link.stuckTodo)
      await expect(frame.status).toContainText(words.sync.status.stuck)
      await expect(sync.sendNow).toBeEnabled()
      await expectAccessible(page, 'stuck')
      await page.getByRole('button', { name: words.sync.stuck.act }).click()
      await expect(page.getByRole('dialog', { name: words.sync.stuck.title })).toContainText('TS-07')
      await expectAccessible(page, 'details of what is stuck')
    })
  })
}
