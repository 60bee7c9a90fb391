import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeviceView, OfficeView, StaffView, TerritoryView } from '../../../shared/contract/administration.ts'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'

let hub: TestHub
let desk: TestDevice
let anna: string
let session: string
beforeAll(async () => {
  hub = await startTestHub()
  desk = await enrolDevice(hub, { territories: ['nord'] })
  anna = await addPerson(hub, { username: 'anna', role: 'administrator' })
  session = await desk.signIn('anna')
})
afterAll(() => hub.stop())

const get = async <T>(path: string) => (await desk.call(path, { session })).body as T
const send = (method: string, path: string, body: unknown) => desk.call(path, { method, session, body })
const person = { username: 'bruno', displayName: 'Bruno Prova', role: 'agent', active: true, officeId: null, teamId: null, password: 'a long password' } as const

it('adds people, changes them, and tells every desk', async () => {
  expect(await send('POST', '/v1/admin/people', { ...person, password: null })).toMatchObject({ status: 400, body: { error: { code: 'password_missing' } } })
  const added = await send('POST', '/v1/admin/people', person)
  expect(added).toMatchObject({ status: 201, body: { username: 'bruno', role: 'agent', hasPassword: true } })
  const { id } = added.body as StaffView
  expect(await send('POST', '/v1/admin/people', { ...person, username: 'BRUNO ' })).toMatchObject({ status: 409, body: { error: { code: 'username_taken' } } })
  const own = await desk.signIn('bruno', 'a long password')
  expect((await desk.call('/v1/admin/people', { session: own })).status).toBe(403)
  expect(await send('PUT', `/v1/admin/people/${id}`, { ...person, role: 'supervisor', password: null })).toMatchObject({ status: 200, body: { role: 'supervisor' } })
  expect((await desk.call('/v1/admin/people', { session: own })).status).toBe(200)
  expect(await send('PUT', `/v1/admin/people/${id}`, { ...person, active: false, password: null })).toMatchObject({ status: 200, body: { active: false } })
  expect((await desk.call('/v1/admin/people', { session: own })).status).toBe(401)
  expect(await desk.call('/v1/session', { method: 'POST', body: { username: 'bruno', password: 'a long password' } })).toMatchObject({ status: 403, body: { error: { code: 'person_disabled' } } })
  const feed = await hub.database.asOwner(`SELECT row ->> 'role' AS role, (row ->> 'active')::boolean AS active, scopes FROM change WHERE tbl = 'person' ORDER BY pos`)
  expect(feed).toEqual([{ role: 'agent', active: true, scopes: ['*'] }, { role: 'supervisor', active: true, scopes: ['*'] }, { role: 'agent', active: false, scopes: ['*'] }])
})

it('keeps one administrator, also when two take each other away at once', async () => {
  const change = (id: string, username: string, by = session) => desk.call(`/v1/admin/people/${id}`, { method: 'PUT', session: by, body: { ...person, username, password: null } })
  expect(await change(anna, 'anna')).toMatchObject({ status: 409, body: { error: { code: 'last_administrator' } } })
  const zoe = await addPerson(hub, { username: 'zoe', role: 'administrator' })
  const other = await desk.signIn('zoe')
  const both = await Promise.all([change(anna, 'anna', other), change(zoe, 'zoe')])
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
  const left = await hub.database.asOwner(`SELECT id FROM person WHERE role = 'administrator' AND active`)
  expect(left).toHaveLength(1)
  await hub.database.asOwner(`UPDATE person SET role = 'administrator', active = true WHERE id = $1`, [anna])
})

it('gives offices territories, and desks of an office what the office gains', async () => {
  const revision = async () => (await hub.database.asOwner('SELECT scope_revision::int AS revision FROM device WHERE id = $1', [desk.id]))[0]?.['revision']
  const added = await send('POST', '/v1/admin/territories', { name: 'Ancona', rules: [{ brandIds: [], provinces: ['AN'], towns: [] }], priority: 1 })
  expect(added).toMatchObject({ status: 201, body: { name: 'Ancona', customers: 0, priority: 1 } })
  const territory = (added.body as TerritoryView).id
  const [office] = await get<OfficeView[]>('/v1/admin/offices')
  expect(office).toMatchObject({ name: 'Sede', territoryIds: ['nord'], desks: 1 })
  const before = await revision()
  expect(await send('PUT', `/v1/admin/offices/${office?.id ?? ''}`, { name: 'Sede', territoryIds: ['nord'] })).toMatchObject({ status: 200 })
  expect(await revision()).toBe(before)
  expect(await send('PUT', `/v1/admin/offices/${office?.id ?? ''}`, { name: 'Sede', territoryIds: ['nord', territory] })).toMatchObject({ status: 200 })
  expect(await revision()).toBe(Number(before) + 1)
  expect(await send('PUT', `/v1/admin/offices/${office?.id ?? ''}`, { name: 'Sede', territoryIds: ['nowhere'] })).toMatchObject({ status: 404 })

  const elsewhere = (await send('POST', '/v1/admin/offices', { name: 'Costa', territoryIds: [] })).body as OfficeView
  expect(await send('PUT', `/v1/admin/devices/${desk.id}`, { name: 'Banco 1', officeId: elsewhere.id })).toMatchObject({ status: 200, body: { name: 'Banco 1', officeId: elsewhere.id } })
  expect(await revision()).toBe(Number(before) + 2)
  expect((await get<DeviceView[]>('/v1/admin/devices'))[0]).toMatchObject({ id: desk.id, state: 'active', name: 'Banco 1' })
})

it('makes codes for one more desk that open the door', async () => {
  const [office] = await get<OfficeView[]>('/v1/admin/offices')
  const made = await send('POST', '/v1/admin/enrolment-codes', { officeId: office?.id, short: true })
  expect(made).toMatchObject({ status: 201, body: { code: expect.stringMatching(/^\d{8}$/) as unknown, officeName: office?.name } })
  expect(await send('POST', '/v1/admin/enrolment-codes', { officeId: 'none', short: true })).toMatchObject({ status: 404 })
  const stored = await hub.database.asOwner('SELECT * FROM enrolment_code')
  expect(JSON.stringify(stored)).not.toContain((made.body as { code: string }).code)
})

it('keeps teams, with names of their own', async () => {
  const added = await send('POST', '/v1/admin/teams', { name: 'Reclami' })
  expect(added).toMatchObject({ status: 201, body: { name: 'Reclami', people: 0 } })
  expect(await send('POST', '/v1/admin/teams', { name: 'Reclami' })).toMatchObject({ status: 409, body: { error: { code: 'name_taken' } } })
  expect(await send('PUT', `/v1/admin/teams/${(added.body as { id: string }).id}`, { name: 'Volture' })).toMatchObject({ status: 200, body: { name: 'Volture' } })
  expect(await send('PUT', '/v1/admin/teams/none', { name: 'Altro' })).toMatchObject({ status: 404 })
})
