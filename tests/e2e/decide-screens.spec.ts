import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { ContestedDay, InboxItem, RefusedEntry, SupersededStep } from '../../shared/contract/inbox.ts'
import type { OutboxItem } from '../../shared/contract/outbox.ts'
import { civilDay } from '../../shared/domain/civil-day.ts'
import { expectAccessible } from './accessible.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { followingStatus, ok, playHub } from './played-hub.ts'
import { themesOf } from './themes.ts'
import { beginning, fill } from './words.ts'

const atTheDoor = 'the hub is played at the door of the loopback host'
const day = civilDay(2026, 11, 20)
const customer = { id: 'c1', name: 'Krizman Ivo', kind: 'person' } as const
const common = { at: '2026-11-20T08:02:00.000Z', writers: ['Marco Visintin'], mine: true, customer, ticketId: null, reason: null, field: null, reading: null, mayDecide: true, deciders: ['Marco Visintin'] } as const
const items: readonly InboxItem[] = [
  { ...common, id: 'op-9', kind: 'refused', what: 'reading.enter', reason: 'too_many_digits' },
  { ...common, id: 'op-8', kind: 'review', what: 'customer.correct-identity', reason: 'review', deciders: ['Elena Sartori'] },
  { ...common, id: `m1 ${day}`, kind: 'contested', what: 'reading.enter', reading: { meterId: 'm1', serial: '18-204417', day }, writers: ['Marco Visintin', 'Chiara Benussi'], deciders: ['Elena Sartori'] },
  { ...common, id: 'k1', kind: 'conflict', what: 'customer.change-contact', field: 'mobile' },
  { ...common, id: 'e1', kind: 'superseded', what: 'ticket.answered', ticketId: 't1' },
]
const refused: RefusedEntry = {
  opId: 'op-9', kind: 'reading.enter', at: common.at, actor: 'Marco Visintin', desk: 'TS-07', reason: 'too_many_digits', details: { digits: 5 }, customer, ticketId: null, stands: null, correct: 'here', decisions: [],
  input: { customerId: 'c1', meterId: 'm1', value: 2_114_000_000, value2: null, value3: null, correctorValue: null, reason: 'Dettata al telefono' },
}
const meter = { meterId: 'm1', serial: '18-204417', kind: 'direct', digits: 5, decimals: 3, corrector: false, correctorSerial: null, correctorDigits: null, installedDay: null, removedDay: null } as const
const contested: ContestedDay = {
  customerId: 'c1', customer: 'Krizman Ivo', meter, commodity: 'water', day, before: { day: civilDay(2026, 7, 1), value: 2_080_000 }, mayDecide: true, deciders: ['Elena Sartori'], decisions: [],
  readings: [
    { entry: 'a', value: 2_114_000, value2: null, value3: null, correctorValue: null, state: 'pending', by: 'Marco Visintin', mine: false, at: common.at, reason: null },
    { entry: 'b', value: 2_141_000, value2: null, value3: null, correctorValue: null, state: 'contested', by: 'Chiara Benussi', mine: true, at: '2026-11-20T09:15:00.000Z', reason: 'Letta sul posto' },
  ],
}
const step = { desk: 'TS-07', fromState: 'in_charge', toState: 'answered', receipt: null, superseded: false } as const
const late: SupersededStep = {
  ticketId: 't1', customerId: 'c1', subject: 'Perdita davanti al portone', writtenFor: 'in_charge', found: 'answered', byMe: true, allowedNow: true, decisions: [{ choice: 'taken_back', by: 'Elena Sartori', at: common.at, reason: null, opId: null }],
  mine: { ...step, id: 'e1', at: common.at, actor: 'Marco Visintin', kind: 'answered', text: 'La squadra passa lunedì mattina, il costo è a nostro carico.', superseded: true },
  theirs: [{ ...step, id: 'e0', at: '2026-11-20T07:50:00.000Z', actor: 'Chiara Benussi', kind: 'answered', text: 'La squadra passa martedì mattina, il costo è a nostro carico.' }],
}
const row: OutboxItem = {
  seq: 9, opId: 'op-9', kind: 'reading.enter', at: common.at, actor: 'Marco Visintin', desk: 'TS-07', state: 'refused', reason: 'too_many_digits', details: null, outcome: 'rejected', pos: null, deliveredAt: common.at, confirmedAt: null, customer, ticketId: null, envelopedAt: null, settled: null, file: null,
}
const counts = { refused: 1, review: 1, contested: 1, conflict: 1, superseded: 1 }

async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page, name)
  const folder = process.env['SPORTELLO_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
}

for (const theme of themesOf('light')) {
  test.describe(`what waits for somebody, in ${theme}`, () => {
    test.use({ theme, contextOptions: { reducedMotion: 'reduce' } })

    test('each kind opens what there is to decide, and says who decides', onlyServe(atTheDoor), async ({ desk }) => {
      const { page, words, format } = desk
      const { inbox } = words
      let sent: unknown = null
      let decided: unknown = null
      await playHub(page, {
        hub: { status: () => ok(followingStatus()) },
        outbox: { list: () => ok({ rows: [row], total: 1 }), writers: () => ok([{ id: 'p1', name: 'Marco Visintin', count: 1 }, { id: 'p2', name: 'Chiara Benussi', count: 2 }]) },
        inbox: {
          list: ({ kind }) => { const rows = items.filter((one) => kind === null || kind === undefined || one.kind === kind); return ok({ rows, total: rows.length, counts }) },
          refused: () => ok(refused),
          contested: () => ok(contested),
          superseded: () => ok(late),
          correct: ({ fields }) => { sent = fields; return ok({ opId: 'op-10', customerId: 'c1', ticketId: null }) },
          letGo: () => ok(null),
          takeBack: () => ok(null),
        },
        readings: { settle: (input) => { decided = input; return { ok: false, error: { code: 'already_acquired' } } } },
      })
      await desk.signIn('supervisor').then((frame) => frame.area('outbox').click())
      await look(page, `unconfirmed-${theme}`)
      await page.getByRole('radiogroup', { name: inbox.part.label }).getByText(inbox.part.inbox).click()
      const grid = page.getByRole('grid', { name: inbox.title })
      await expect(grid.getByRole('row')).toHaveCount(1 + items.length)
      await expect(grid.getByRole('row').filter({ hasText: inbox.kind.contested })).toContainText('Elena Sartori')
      await look(page, `to-decide-${theme}`)

      await grid.getByRole('row').filter({ hasText: inbox.kind.refused }).dblclick()
      const correcting = page.getByRole('dialog', { name: fill(inbox.correct.title, { what: words.outbox.kind.readingEnter }) })
      const value = correcting.getByLabel(inbox.correct.value, { exact: true })
      await expect(value).toHaveValue('2114000')
      await expect(value).toHaveAccessibleDescription(inbox.refusal.tooManyDigits)
      await expect(correcting.getByLabel(inbox.correct.reason, { exact: true })).toHaveValue('Dettata al telefono')
      await look(page, `correct-reading-${theme}`)
      await value.fill('2.114')
      await page.keyboard.press('Control+Enter')
      await expect(correcting).toBeHidden()
      expect(sent).toEqual({ value: 2_114_000, value2: null, value3: null, correctorValue: null, reason: 'Dettata al telefono' })

      await grid.getByRole('row').filter({ hasText: inbox.kind.contested }).dblclick()
      const day20 = page.getByRole('dialog', { name: fill(inbox.contested.title, { serial: '18-204417', day: format.date(day) }) })
      await expect(day20).toContainText(fill(inbox.contested.decider, { names: 'Elena Sartori' }))
      await page.keyboard.press('Control+Enter')
      await expect(day20.getByText(inbox.contested.chooseOne)).toBeVisible()
      await day20.getByRole('radio', { name: /2[.,]141/ }).check()
      await day20.getByLabel(inbox.contested.why, { exact: true }).fill('Vista la foto')
      await look(page, `contested-day-${theme}`)
      await page.keyboard.press('Control+Enter')
      await expect(day20).toContainText(words.sync.refusal.acquired)
      expect(decided).toMatchObject({ entry: 'b', reason: 'Vista la foto' })
      await page.keyboard.press('Escape')

      await grid.getByRole('row').filter({ hasText: inbox.kind.superseded }).dblclick()
      const step3 = page.getByRole('dialog', { name: fill(inbox.late.title, { subject: late.subject }) })
      await expect(step3.getByRole('region', { name: inbox.late.mine }).getByText('lunedì')).toBeVisible()
      await expect(step3.getByRole('region', { name: inbox.late.theirs }).getByText('martedì')).toBeVisible()
      await look(page, `late-${theme}`)
      await step3.getByRole('button', { name: inbox.act.letGo }).click()
      const lettingGo = page.getByRole('dialog', { name: inbox.letGo.title })
      await page.keyboard.press('Control+Enter')
      await expect(lettingGo.getByLabel(inbox.letGo.reason, { exact: true })).toHaveAccessibleDescription(inbox.letGo.reasonMissing)
      await look(page, `letting-go-${theme}`)
      await lettingGo.getByLabel(inbox.letGo.reason, { exact: true }).fill('Già detto al telefono')
      await page.keyboard.press('Control+Enter')
      await expect(lettingGo).toBeHidden()
      await expect(page.getByText(inbox.letGo.done)).toBeVisible()
      await page.getByRole('button', { name: beginning(words.ui.undo) }).click()
    })
  })
}
