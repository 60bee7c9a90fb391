import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyAudit } from '../../../hub/identity/verify-audit.ts'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'
import { testPassword } from '../../support/hash-cost.ts'

let hub: TestHub
let desk: TestDevice
let admin: string
beforeAll(async () => {
  hub = await startTestHub()
  desk = await enrolDevice(hub)
  await addPerson(hub, { username: 'anna', role: 'administrator' })
  await addPerson(hub, { username: 'bruno', role: 'agent' })
  admin = await desk.signIn('anna')
})
afterAll(() => hub.stop())

const ask = (name: string, session: string, body: unknown = {}, device = desk) => device.call(`/v1/administration/${name}`, { method: 'POST', session, body })
const people = async (session: string, device = desk) => (await ask('people', session, {}, device)).status

it('opens a session that is bound to its desk and ends by signing out, by time, and by an administrator', async () => {
  const other = await enrolDevice(hub, { name: 'Prova 2' })
  expect(await people(admin)).toBe(200)
  expect(await people(admin, other)).toBe(401)

  const second = await other.signIn('anna')
  expect(await other.call('/v1/session', { method: 'DELETE', session: second })).toEqual({ status: 204, body: null })
  expect(await people(second, other)).toBe(401)

  const third = await other.signIn('anna')
  const open = (await ask('sessions', admin)).body as { id: string; deviceName: string }[]
  const ended = open.find(({ deviceName }) => deviceName === 'Prova 2')
  expect((await ask('endSession', admin, { id: ended?.id })).status).toBe(200)
  expect(await people(third, other)).toBe(401)

  hub.clock.advance(12 * 3_600_000 + 1_000)
  expect(await people(admin)).toBe(401)
  admin = await desk.signIn('anna')
})

it('ends everything of a desk that is revoked at its next request, and says so to that desk only', async () => {
  const lost = await enrolDevice(hub, { name: 'Perso' })
  const session = await lost.signIn('anna')
  expect(await ask('revokeDevice', admin, { id: lost.id })).toMatchObject({ status: 200, body: { state: 'revoked' } })
  expect(await ask('people', session, {}, lost)).toEqual({ status: 401, body: { error: { code: 'device_revoked' } } })
  const forged = await fetch(`${hub.url}/v1/nowhere`, { headers: { ...desk.headersFor('/v1/nowhere'), authorization: `Device ${lost.id}` } })
  expect(await forged.json()).toEqual({ error: { code: 'device_unknown' } })
})

it('slows guessing down for a name that exists and for one that does not alike, and starts again after the right password', async () => {
  const tries = async (username: string) => {
    const codes: number[] = []
    for (let count = 0; count < 6; count += 1) codes.push((await desk.call('/v1/session', { method: 'POST', body: { username, password: 'wrong password' } })).status)
    return codes
  }
  expect(await tries('bruno')).toEqual([401, 401, 401, 401, 429, 429])
  expect(await tries('nobody')).toEqual([401, 401, 401, 401, 429, 429])
  expect((await desk.call('/v1/session', { method: 'POST', body: { username: 'bruno', password: testPassword } })).status).toBe(429)
  hub.clock.advance(1_001)
  expect((await desk.call('/v1/session', { method: 'POST', body: { username: ' BRUNO ', password: testPassword } })).status).toBe(201)
  expect(await tries('bruno')).toEqual([401, 401, 401, 401, 429, 429])
})

it('keeps a chain of who did what that shows each change of the past', async () => {
  const before = await verifyAudit(hub.database.pool)
  expect(before.firstBad).toBeNull()
  expect(before.entries).toBeGreaterThan(5)
  const page = (await ask('audit', admin)).body as { rows: { seq: number; kind: string }[]; verified: boolean }
  expect(page.verified).toBe(true)
  expect(page.rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['signed_in', 'sign_in_failed', 'device_revoked', 'session_ended']))
  const older = (await ask('audit', admin, { before: page.rows[2]?.seq })).body as typeof page
  expect(older).toMatchObject({ verified: true })
  expect(older.rows[0]?.seq).toBe((page.rows[2]?.seq ?? 0) - 1)

  await expect(hub.database.pool.query(`UPDATE audit SET kind = 'nothing'`)).rejects.toThrow(/permission denied/)
  await expect(hub.database.pool.query('DELETE FROM audit')).rejects.toThrow(/permission denied/)
  await expect(hub.database.asOwner(`UPDATE audit SET kind = 'nothing' WHERE seq = 2`)).rejects.toThrow(/append-only/)
  await hub.database.asOwner('ALTER TABLE audit DISABLE TRIGGER audit_append_only')
  await hub.database.asOwner(`UPDATE audit SET kind = 'nothing' WHERE seq = 2`)
  expect((await verifyAudit(hub.database.pool)).firstBad).toBe(2)
  await hub.database.asOwner('DELETE FROM audit WHERE seq > 1')
  expect((await verifyAudit(hub.database.pool)).firstBad).toBe(2)
})
