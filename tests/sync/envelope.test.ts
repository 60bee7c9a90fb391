/** A desk without a line: what waits there goes to the hub sealed, carried by another desk, and is taken once. */
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { sealPush } from '../../electron/core/sync/envelope/seal.ts'
import { realHub } from '../../electron/core/sync/desk-hub.ts'
import type { HubPorts } from '../../electron/core/sync/desk-hub.ts'
import { addOffice, startTestHub } from '../support/hub-app.ts'
import type { TestHub } from '../support/hub-app.ts'
import { deskRows, exchange, inStore } from '../support/hub-desk.ts'
import { enrolmentCode, fillRealHub } from '../support/hub-fill.ts'
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
  cut.clear()
  for (const core of opened.splice(0)) await core.close()
})
afterAll(() => hub.stop())

/** Desks whose line is cut: what they write does not leave. */
const cut = new Set<TestCore>()
const noLine = { ok: false, failure: { kind: 'unreachable' } } as const

async function desk(founding = false): Promise<TestCore> {
  const transport: HubPorts['transport'] = (link, now) => {
    const real = realHub.transport(link, now)
    return { ...real, listen: () => () => undefined, push: (request) => (cut.has(core) ? Promise.resolve(noLine) : real.push(request)), changes: (query) => (cut.has(core) ? Promise.resolve(noLine) : real.changes(query)) }
  }
  const core: TestCore = await createTestCore({ deskNumber: ++numbers, hub: { ...realHub, transport, timer: { after: () => () => undefined, random: () => 0.5 } } })
  opened.push(core)
  expect(await core.call('hub', 'join', { address: hub.url, code: await enrolmentCode(hub, office, founding) })).toMatchObject({ ok: true })
  expect(await exchange(core)).toBe(null)
  await expect.poll(() => inStore(core, (db) => db.prepare(`SELECT count(*) FROM sync_state WHERE key = 'envelopeKey'`).pluck().get())).toBe(1)
  return core
}
const ticket = (subject: string) => ({ customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject }) as const
const states = (core: TestCore) => inStore(core, (db) => db.prepare(`SELECT state FROM outbox WHERE entity <> 'person' ORDER BY seq`).pluck().all())
const tickets = async (subject: string) => Number((await hub.database.asOwner('SELECT count(*) AS n FROM ticket WHERE subject = $1', [subject]))[0]?.['n'])

async function sealed(core: TestCore): Promise<string> {
  const made = await core.call('hub', 'makeEnvelope', {})
  if (!made.ok) throw new Error(made.error.code)
  return made.value.text
}

it('is relayed by another desk and taken once, whether it comes again or the desk itself comes back', async () => {
  const away = await desk(true)
  const carrier = await desk()
  cut.add(away)
  expect(await away.call('hub', 'makeEnvelope', {})).toMatchObject({ ok: false, error: { code: 'nothing_waits' } })
  expect(await away.call('tickets', 'open', ticket('scritto senza linea'))).toMatchObject({ ok: true })
  expect(await away.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })).toMatchObject({ ok: true })
  const text = await sealed(away)
  expect(text).not.toContain('scritto')
  expect(text).not.toContain(Buffer.from('scritto senza').toString('base64').slice(0, 12))
  // Sealed is not sent: it goes on waiting.
  expect(states(away)).toEqual(['queued', 'queued'])

  expect(await carrier.call('hub', 'relayEnvelope', { text })).toMatchObject({ ok: true, value: { desk: expect.any(String) as string, operations: 2, taken: 2, refused: 0 } })
  expect(await tickets('scritto senza linea')).toBe(1)
  expect(await carrier.call('hub', 'relayEnvelope', { text })).toMatchObject({ ok: true, value: { operations: 2, taken: 0, refused: 0 } })

  expect(await away.call('tickets', 'open', ticket('dopo la busta'))).toMatchObject({ ok: true })
  cut.delete(away)
  for (const core of [away, carrier, away]) expect(await exchange(core)).toBe(null)
  expect(states(away)).toEqual(['confirmed', 'confirmed', 'confirmed'])
  expect([await tickets('scritto senza linea'), await tickets('dopo la busta')]).toEqual([1, 1])
  expect(await exchange(carrier)).toBe(null)
  expect(deskRows(away)).toEqual(deskRows(carrier))
})

it('is refused whole when a byte of it was changed, or when it was sealed for another hub', async () => {
  const away = await desk()
  const carrier = await desk()
  cut.add(away)
  await away.call('tickets', 'open', ticket('manomesso'))
  const text = await sealed(away)
  const [first = '', head = '', part = ''] = text.split('\n')
  for (const at of [0, 40, 80, Math.floor(part.length / 2), part.length - 6]) {
    const changed = `${part.slice(0, at)}${part[at] === 'A' ? 'B' : 'A'}${part.slice(at + 1)}`
    expect(await carrier.call('hub', 'relayEnvelope', { text: [first, head, changed, ''].join('\n') }), `at ${at}`).toMatchObject({ ok: false, error: { code: 'envelope_invalid' } })
  }
  for (const bad of ['', 'x', `${first}\n`, `${first}\n${head}\n`, `${first}\n{}\n${part}`, part, text.slice(0, -200)]) expect(await carrier.call('hub', 'relayEnvelope', { text: bad })).toMatchObject({ ok: false })
  expect(await tickets('manomesso')).toBe(0)
})

it('is nobody’s work who only says so: a part signed by another desk is none', async () => {
  const away = await desk()
  const carrier = await desk()
  cut.add(away)
  await away.call('tickets', 'open', ticket('falsificato'))
  const follower = carrier.core.desk.hub()
  const key = inStore(carrier, (db) => JSON.parse(String(db.prepare(`SELECT value FROM sync_state WHERE key = 'envelopeKey'`).pluck().get())) as string)
  const [operation] = inStore(away, (db) => db.prepare(`SELECT wire_seq AS seq, op_id AS opId, kind, version, input, basis, actor, at, desk, entity, subject_id AS subjectId, hash FROM outbox WHERE state = 'queued'`).all()) as { input: string; basis: string; seq: number }[]
  const push = { protocol: 1, epoch: 1, feedId: inStore(away, (db) => JSON.parse(String(db.prepare(`SELECT value FROM sync_state WHERE key = 'feedId'`).pluck().get())) as string), firstSeq: operation!.seq, operations: [{ ...operation!, input: JSON.parse(operation!.input) as unknown, basis: JSON.parse(operation!.basis) as unknown }] }
  const part = sealPush({ deviceId: away.core.desk.hub()!.link.deviceId, madeAt: '2026-11-20T09:00:00.000Z', push: push as never }, generateKeyPairSync('ed25519').privateKey, key)
  expect(await follower!.transport.ask('/v1/envelopes', { part }, null)).toMatchObject({ ok: false, failure: { status: 409, code: 'envelope_invalid' } })
  expect(await tickets('falsificato')).toBe(0)
})

it('of a desk that was revoked is not taken, and the hub says so', async () => {
  const away = await desk()
  const carrier = await desk()
  cut.add(away)
  await away.call('tickets', 'open', ticket('dopo la revoca'))
  const text = await sealed(away)
  await hub.database.asOwner(`UPDATE device SET state = 'revoked', revoked_at = now() WHERE id = $1`, [away.core.desk.hub()!.link.deviceId])
  expect(await carrier.call('hub', 'relayEnvelope', { text })).toMatchObject({ ok: false, error: { code: 'envelope_origin' } })
  expect(await tickets('dopo la revoca')).toBe(0)
  // Told what is wrong with the envelope, the one who brings it is not let go.
  expect(await exchange(carrier)).toBe(null)
})

it('is taken once while the desk itself sends the same in the same moment', async () => {
  const away = await desk()
  const carrier = await desk()
  cut.add(away)
  const subjects = ['insieme uno', 'insieme due', 'insieme tre']
  for (const subject of subjects) await away.call('tickets', 'open', ticket(subject))
  const text = await sealed(away)
  cut.delete(away)
  const [relayed, again] = await Promise.all([carrier.call('hub', 'relayEnvelope', { text }), carrier.call('hub', 'relayEnvelope', { text }), exchange(away)])
  for (const answer of [relayed, again]) expect(answer).toMatchObject({ ok: true, value: { operations: 3, refused: 0 } })
  expect(await exchange(away)).toBe(null)
  expect(states(away)).toEqual(['confirmed', 'confirmed', 'confirmed'])
  expect(await Promise.all(subjects.map(tickets))).toEqual([1, 1, 1])
})

it('made before an old copy of the desk came back is told apart, and what the desk still has comes from it', async () => {
  const away = await desk()
  const carrier = await desk()
  cut.add(away)
  await away.call('tickets', 'open', ticket('prima della coda nuova'))
  const text = await sealed(away)
  await hub.database.asOwner('UPDATE device SET epoch = epoch + 1, last_seq = 0 WHERE id = $1', [away.core.desk.hub()!.link.deviceId])
  expect(await carrier.call('hub', 'relayEnvelope', { text })).toMatchObject({ ok: false, error: { code: 'envelope_outdated' } })
  cut.delete(away)
  for (let turn = 0; turn < 2; turn++) expect(await exchange(away)).toBe(null)
  expect([await tickets('prima della coda nuova'), states(away)]).toEqual([1, ['confirmed']])
})

it('reaches a hub that was put back meanwhile, of which a desk without a line cannot know', async () => {
  const away = await desk()
  const carrier = await desk()
  cut.add(away)
  await away.call('tickets', 'open', ticket('prima del ripristino'))
  const text = await sealed(away)
  await hub.database.asOwner(`UPDATE feed_head SET feed_id = gen_random_uuid()::text`)
  expect(await carrier.call('hub', 'relayEnvelope', { text })).toMatchObject({ ok: true, value: { operations: 1, taken: 1, refused: 0 } })
  cut.delete(away)
  for (let turn = 0; turn < 3; turn++) expect(await exchange(away)).toBe(null)
  expect([await tickets('prima del ripristino'), states(away)]).toEqual([1, ['confirmed']])
})
