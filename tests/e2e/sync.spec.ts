import { expectAccessible } from './accessible.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { syncPage } from './pages/sync-page.ts'
import { followingStatus, ok, playHub } from './played-hub.ts'
import { fill } from './words.ts'

const atTheDoor = 'the hub is played at the door of the loopback host'
const refused = {
  seq: 9, opId: 'op-9', kind: 'reading.enter', at: '2026-11-20T08:02:00.000Z', actor: 'Agente Demo', desk: 'TS-07', state: 'refused', reason: 'outside_window', details: null, outcome: 'rejected', pos: null,
  deliveredAt: '2026-11-20T08:05:00.000Z', confirmedAt: null, customer: { id: 'c1', name: 'Krizman Ivo', kind: 'person' }, ticketId: null, envelopedAt: null, settled: null, file: null,
} as const
const confirmed = { ...refused, seq: 4, opId: 'op-4', kind: 'ticket.open', state: 'confirmed', reason: null, outcome: 'applied', pos: 88_190, confirmedAt: '2026-11-20T08:06:00.000Z', ticketId: 't1' } as const

for (const theme of ['light', 'dark'] as const) {
  test.describe(`where the desk stands, in ${theme}`, () => {
    test.use({ theme, contextOptions: { reducedMotion: 'reduce' } })

    test('alone: says what waits for a hub, and how one is joined', async ({ desk }) => {
      const { page, words } = desk
      const sync = syncPage(page, words)
      const frame = await desk.signIn('administrator')
      await frame.area('outbox').click()
      await expect(sync.link(words.sync.alone.title)).toBeVisible()
      await expect(sync.facts).toContainText(words.sync.alone.needs.mail)
      await expect(sync.grid().getByRole('row')).toHaveCount(4)
      await expectAccessible(page, 'alone')
      await sync.join.click()
      await expect(sync.joining.address).toBeFocused()
      await expectAccessible(page, 'joining')
    })

    test('joined: figures, receipts, and the reason of a refusal', onlyServe(atTheDoor), async ({ desk }) => {
      const { page, words, format } = desk
      const sync = syncPage(page, words)
      await playHub(page, {
        hub: { status: () => ok(followingStatus()), checkHealth: () => ok(followingStatus({ health: { at: new Date().toISOString(), result: 'repaired', tables: 16, rows: 5, differing: ['ticket'] } })) },
        outbox: { list: ({ view }) => ok(view === 'confirmed' ? { rows: [confirmed], total: 1 } : view === 'delivered' ? { rows: [], total: 0 } : { rows: [refused], total: 1 }) },
      })
      const frame = await desk.signIn('agent')
      await frame.area('outbox').click()
      await expect(sync.link(fill(words.sync.link.connected, { hub: 'Sede di Trieste' }))).toBeVisible()
      await expect(sync.facts).toContainText('Gorizia')
      await expect(frame.status).toContainText(words.sync.status.connected)
      await sync.grid().getByRole('row').filter({ hasText: 'Krizman Ivo' }).click()
      await expect(sync.detail).toContainText(words.sync.refusal.outsideWindow)
      await expect(sync.detail).toContainText(words.sync.remedy.rewrite)
      await expectAccessible(page, 'joined')
      await sync.view('confirmed').click()
      await expect(sync.grid('confirmed')).toContainText(fill(words.ui.receipt.confirmedAs, { number: format.number(88_190) }))
      await sync.view('delivered').click()
      await expect(page.getByText(words.sync.list.emptyView.delivered)).toBeVisible()
      await sync.compare.click()
      await expect(sync.facts).toContainText(fill(words.sync.health.repaired, { list: words.sync.table.ticket }))
    })
  })
}

test('joining keeps what was typed and says under the field what is wrong', onlyServe(atTheDoor), async ({ desk }) => {
  const { page, words } = desk
  const { joining, ...sync } = syncPage(page, words)
  let joined = false
  await playHub(page, {
    hub: {
      status: () => ok(joined ? followingStatus() : followingStatus({ state: 'none', hubName: null, health: null })),
      join: ({ address, code }) => {
        if (!address.startsWith('https://')) return { ok: false, error: { code: 'address_invalid' } }
        if (code !== '12345678') return { ok: false, error: { code: 'code_invalid' } }
        joined = true
        return ok(followingStatus())
      },
    },
  })
  const frame = await desk.signIn('administrator')
  await frame.area('outbox').click()
  await sync.join.click()
  await joining.submit.click()
  await expect(joining.address).toHaveAccessibleDescription(words.sync.join.missing)
  await joining.address.fill('hub di trieste')
  await joining.code.fill('1234 0000')
  await joining.submit.click()
  await expect(joining.address).toHaveAccessibleDescription(words.sync.join.error.addressInvalid)
  await joining.address.fill('https://hub.utenze.example')
  await joining.submit.click()
  await expect(joining.code).toHaveAccessibleDescription(words.sync.join.error.codeInvalid)
  await expect(joining.address).toHaveValue('https://hub.utenze.example')
  await joining.code.fill('1234 5678')
  await joining.submit.click()
  await expect(joining.done('Sede di Trieste')).toBeVisible()
  await joining.close.click()
  await expect(sync.link(fill(words.sync.link.connected, { hub: 'Sede di Trieste' }))).toBeVisible()
})

test('a customer of another territory is looked up at the hub, with the password where one is needed', onlyServe(atTheDoor), async ({ desk }) => {
  const { page, words } = desk
  const sync = syncPage(page, words)
  const lookup = lookupPage(page, words)
  const { elsewhere } = words.sync
  let open = false
  await playHub(page, {
    hub: {
      status: () => ok(followingStatus({ session: open ? 'open' : 'needed' })),
      openSession: ({ password }) => {
        if (password !== 'agente-demo') return { ok: false, error: { code: 'wrong_credentials' } }
        open = true
        return ok(followingStatus())
      },
      lookupElsewhere: ({ name, town }) =>
        !open
          ? { ok: false, error: { code: 'hub_session' } }
          : name === 'Sartori Zeno' && town === 'Udine'
            ? ok({ customerId: 'x', name: 'Sartori Zeno', code: '099001', brandName: 'Nova', address: 'Via Poscolle 3, Udine', supplies: [{ commodity: 'gas', code: '01613901234567', state: 'active', address: 'Via Poscolle 3' }], openTickets: [] })
            : { ok: false, error: { code: 'not_found' } },
    },
  })
  await desk.signIn('agent')
  await lookup.search('Sartori Zeno')
  await page.getByRole('button', { name: elsewhere.offer }).click()
  const dialog = page.getByRole('dialog', { name: elsewhere.title })
  await expect(dialog.getByLabel(elsewhere.name, { exact: true })).toHaveValue('Sartori Zeno')
  await expectAccessible(page, 'elsewhere')
  await dialog.getByRole('button', { name: elsewhere.submit }).click()
  await expect(dialog.getByLabel(elsewhere.name, { exact: true })).toHaveAccessibleDescription(elsewhere.error.criteriaMissing)
  await dialog.getByLabel(elsewhere.town, { exact: true }).fill('Udine')
  await dialog.getByRole('button', { name: elsewhere.submit }).click()
  await sync.session.password.fill('sbagliata')
  await sync.session.submit.click()
  await expect(sync.session.password).toHaveAccessibleDescription(words.sync.session.error.wrongCredentials)
  await sync.session.password.fill('agente-demo')
  await sync.session.submit.click()
  await expect(dialog).toContainText('Via Poscolle 3, Udine')
  await expect(dialog).toContainText(elsewhere.readOnly)
  await expectAccessible(page, 'found elsewhere')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})
