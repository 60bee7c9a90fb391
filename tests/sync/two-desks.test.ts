import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { realHub } from '../../electron/core/sync/desk-hub.ts'
import { addOffice, startTestHub } from '../support/hub-app.ts'
import type { TestHub } from '../support/hub-app.ts'
import { deskRows, exchange, inStore } from '../support/hub-desk.ts'
import { enrolmentCode, fillRealHub } from '../support/hub-fill.ts'
import { testPassword } from '../support/hash-cost.ts'
import { rossi, waterMeter } from '../support/master-data.ts'
import { createTestCore } from '../support/test-core.ts'
import type { TestCore } from '../support/test-core.ts'

let hub: TestHub
let office = ''
const opened: TestCore[] = []
let numbers = 0

beforeAll(async () => {
  hub = await startTestHub()
  office = await addOffice(hub, 'Trieste', ['T1'])
  await fillRealHub(hub, 'T1')
})
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
afterAll(() => hub.stop())

/** Over the loopback, as in an office; nothing happens by itself, and no hint comes in between. */
async function desk(founding = false): Promise<TestCore> {
  const core = await createTestCore({ deskNumber: ++numbers, hub: { ...realHub, transport: (link, now) => ({ ...realHub.transport(link, now), listen: () => () => undefined }), timer: { after: () => () => undefined, random: () => 0.5 } } })
  opened.push(core)
  const joined = await core.call('hub', 'join', { address: hub.url, code: await enrolmentCode(hub, office, founding) })
  expect(joined).toMatchObject({ ok: true })
  expect(await exchange(core)).toBe(null)
  return core
}
const ticket = (subject: string) => ({ customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject }) as const
const states = (core: TestCore) => inStore(core, (db) => db.prepare(`SELECT state, outcome, reason FROM outbox WHERE entity <> 'person' ORDER BY seq`).all())

describe('two desks before a real hub', () => {
  it('see each other’s ticket and reading, and hold the same', async () => {
    const first = await desk(true)
    const second = await desk()
    const written = await first.call('tickets', 'open', ticket('dalla prima'))
    expect(written).toMatchObject({ ok: true })
    expect(await second.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })).toMatchObject({ ok: true })
    for (const core of [first, second, first, second]) expect(await exchange(core)).toBe(null)
    expect(states(first)).toEqual([{ state: 'confirmed', outcome: 'applied', reason: null }])
    expect(states(second)).toEqual([{ state: 'confirmed', outcome: 'applied', reason: null }])
    expect(deskRows(first)).toEqual(deskRows(second))
    const number = inStore(second, (db) => db.prepare('SELECT number FROM ticket').pluck().get())
    expect(number).toMatch(/^2026\/\d{6}$/)
    for (const core of [first, second]) {
      expect(await core.call('hub', 'checkHealth', {})).toMatchObject({ ok: true, value: { health: { result: 'same', differing: [] }, state: 'connected' } })
    }
  })

  it('find what was changed behind their back, and fetch it again', async () => {
    const core = await desk()
    await core.core.desk.bulkParts().work.local((db) => db.prepare(`UPDATE customer SET last_name = 'Guasto' WHERE id = ?`).run(rossi.id))
    expect(await core.call('hub', 'checkHealth', {})).toMatchObject({ ok: true, value: { health: { result: 'repaired', differing: [] } } })
    expect(inStore(core, (db) => db.prepare('SELECT last_name FROM customer WHERE id = ?').pluck().get(rossi.id))).toBe('Rossi')
  })

  it('take two steps of one ticket made at the same time: both words stay, on both desks', async () => {
    const first = await desk()
    const second = await desk()
    const reply = await first.call('tickets', 'open', ticket('contesa'))
    const ticketId = reply.ok ? reply.value.ticketId : ''
    for (const core of [first, second]) await exchange(core)
    expect(await first.call('tickets', 'take', { ticketId, text: 'la prendo io' })).toMatchObject({ ok: true })
    expect(await second.call('tickets', 'take', { ticketId, text: 'no, io' })).toMatchObject({ ok: true })
    for (const core of [first, second, first, second]) expect(await exchange(core)).toBe(null)
    // Which of the two reaches the hub first is not ours to say.
    const outcomes = [first, second].map((core) => states(core).at(-1) as { state: string; outcome: string })
    expect(outcomes.map(({ state, outcome }) => `${state} ${outcome}`).toSorted()).toEqual(['confirmed applied', 'confirmed superseded'])
    expect(deskRows(first)).toEqual(deskRows(second))
    const story = inStore(first, (db) => db.prepare('SELECT text, superseded FROM ticket_event WHERE ticket_id = ? ORDER BY seq').all(ticketId)) as { text: string; superseded: number }[]
    expect(story.map(({ superseded }) => superseded)).toEqual([0, 0, 1])
    expect(story.slice(1).map(({ text }) => text).toSorted()).toEqual(['la prendo io', 'no, io'])
  })

  it('leave it to a person where both corrected who a customer is: the second waits for a review, and can be written again', async () => {
    const first = await desk()
    const second = await desk()
    for (const [core, to] of [[first, 'Rossini'], [second, 'Rossetti']] as const) {
      expect(await core.call('customers', 'verify', { customerId: rossi.id, answers: [{ check: 'tax_code_end', answer: rossi.taxCode.slice(-4) }, { check: 'birth_day', answer: '1/1/1980' }] })).toMatchObject({ ok: true })
      expect(await core.call('customers', 'correctIdentity', { customerId: rossi.id, changes: [{ field: 'lastName', seen: 'Rossi', to }], reason: 'Documento visto' })).toMatchObject({ ok: true })
    }
    for (const core of [first, second, first, second]) expect(await exchange(core)).toBe(null)
    // Which of the two reaches the hub first is not ours to say.
    const late = (states(first).at(-1) as { outcome: string }).outcome === 'rejected' ? first : second
    const [typed, stood] = late === first ? ['Rossini', 'Rossetti'] : ['Rossetti', 'Rossini']
    const list = await late.call('inbox', 'list', { kind: 'review' })
    expect(list).toMatchObject({ value: { counts: { review: 1, refused: 0 }, rows: [{ kind: 'review', what: 'customer.correct-identity', mayDecide: true }] } })
    const opId = list.ok ? (list.value.rows[0]?.id ?? '') : ''
    expect(await late.call('inbox', 'refused', { opId })).toMatchObject({ value: { input: { changes: [{ field: 'lastName', from: 'Rossi', to: typed }] }, stands: { lastName: stood } } })
    expect(await late.call('inbox', 'correct', { opId, fields: { changes: [{ field: 'lastName', from: null, to: typed }], reason: 'Passaporto visto' } })).toMatchObject({ ok: true })
    for (const core of [late, first, second]) expect(await exchange(core)).toBe(null)
    expect(await late.call('inbox', 'list', {})).toMatchObject({ value: { counts: { review: 0 } } })
    expect(deskRows(first)).toEqual(deskRows(second))
    expect(inStore(first, (db) => db.prepare('SELECT last_name FROM customer WHERE id = ?').pluck().get(rossi.id))).toBe(typed)
  })

  it('let somebody in who has never been at this desk, through the hub, and then without it', async () => {
    const first = await desk()
    const second = await desk()
    await hub.database.asOwner(`INSERT INTO person (id, username, display_name, role, active, created_at) VALUES ('p-dario', 'dario', 'Dario Prova', 'agent', true, '2026-01-01T00:00:00.000Z')`)
    const { createPasswords } = await import('../../hub/identity/passwords.ts')
    const { testHashCost } = await import('../support/hash-cost.ts')
    await hub.database.asOwner(`INSERT INTO staff (person_id, office_id, password_hash, password_revision) VALUES ('p-dario', $1, $2, 1)`, [office, await createPasswords(testHashCost).hash(testPassword)])
    expect(first.dataDir).not.toBe(second.dataDir)
    const other = second.as('altra finestra')
    expect(await other('session', 'signIn', { username: 'dario', password: 'not the password' })).toMatchObject({ ok: false, error: { code: 'wrong_credentials' } })
    expect(await other('session', 'signIn', { username: 'dario', password: testPassword })).toMatchObject({ ok: true, value: { person: { displayName: 'Dario Prova' } } })
    expect(await other('hub', 'status', {})).toMatchObject({ ok: true, value: { session: 'open' } })
    await other('session', 'signOut', {})
    await second.call('session', 'signOut', {})
    expect(second.core.desk.keySlots.usernames()).toContain('dario')
    expect(await other('session', 'signIn', { username: 'dario', password: testPassword })).toMatchObject({ ok: true })
  })

  it('lose everything of the hub when they are let go, and say so', async () => {
    const core = await desk()
    await core.call('tickets', 'open', ticket('consegnata'))
    await exchange(core)
    const { deviceId } = core.core.desk.hub()!.link
    await hub.database.asOwner(`UPDATE device SET state = 'revoked', revoked_at = now() WHERE id = $1`, [deviceId])
    await core.call('tickets', 'open', ticket('mai consegnata'))
    const gone = new Promise<void>((resolve) => void core.core.subscribe((event) => event.kind === 'signed_out' && resolve()))
    await core.core.desk.hub()?.exchangeNow()
    await gone
    expect(await core.call('session', 'signIn', { username: 'anna', password: testPassword })).toMatchObject({ ok: true })
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { state: 'refused', trouble: 'revoked', queued: 1, delivered: 0 } })
    const rows = deskRows(core)
    expect(Object.keys(rows).filter((table) => rows[table]?.length !== 0)).toEqual(['brand', 'readingWindow', 'person'])
    expect(await core.call('lookup', 'search', { text: 'rossi' })).toMatchObject({ ok: true, value: { rows: [] } })
    // Its last word, which the hub takes from a desk that it lets in no more.
    expect(await hub.database.asOwner('SELECT purged_at IS NOT NULL AS told FROM device WHERE id = $1', [deviceId])).toEqual([{ told: true }])
  })
})
