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

const send = (name: string, body: unknown = {}, by = session) => desk.call(`/v1/administration/${name}`, { method: 'POST', session: by, body })
const get = async <T>(name: string) => (await send(name)).body as T
const person = { id: null, username: 'bruno', displayName: 'Bruno Prova', role: 'agent', active: true, officeId: null, teamId: null, password: 'a long password' } as const

it('adds people, changes them, and tells every desk', async () => {
  expect(await send('savePerson', { ...person, password: null })).toMatchObject({ status: 409, body: { error: { code: 'password_missing' } } })
  const added = await send('savePerson', person)
  expect(added).toMatchObject({ status: 200, body: { username: 'bruno', role: 'agent', hasPassword: true } })
  const { id } = added.body as StaffView
  expect(await send('savePerson', { ...person, username: 'BRUNO ' })).toMatchObject({ status: 409, body: { error: { code: 'username_taken' } } })
  const own = await desk.signIn('bruno', 'a long password')
  expect((await send('people', {}, own)).status).toBe(403)
  expect(await send('savePerson', { ...person, id, role: 'supervisor', password: null })).toMatchObject({ status: 200, body: { role: 'supervisor' } })
  expect((await send('people', {}, own)).status).toBe(200)
  expect(await send('savePerson', { ...person, id, active: false, password: null })).toMatchObject({ status: 200, body: { active: false } })
  expect((await send('people', {}, own)).status).toBe(401)
  expect(await desk.call('/v1/session', { method: 'POST', body: { username: 'bruno', password: 'a long password' } })).toMatchObject({ status: 403, body: { error: { code: 'person_disabled' } } })
  const feed = await hub.database.asOwner(`SELECT row ->> 'role' AS role, (row ->> 'active')::boolean AS active, scopes FROM change WHERE tbl = 'person' ORDER BY pos`)
  expect(feed).toEqual([{ role: 'agent', active: true, scopes: ['*'] }, { role: 'supervisor', active: true, scopes: ['*'] }, { role: 'agent', active: false, scopes: ['*'] }])
})

it('keeps one administrator, also when two take each other away at once', async () => {
  const change = (id: string, username: string, by = session) => send('savePerson', { ...person, id, username, password: null }, by)
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
  const added = await send('saveTerritory', { id: null, name: 'Ancona', rules: [{ brandIds: [], provinces: ['AN'], towns: [] }], priority: 1 })
  expect(added).toMatchObject({ status: 200, body: { name: 'Ancona', customers: 0, priority: 1 } })
  const territory = (added.body as TerritoryView).id
  const [office] = await get<OfficeView[]>('offices')
  expect(office).toMatchObject({ name: 'Sede', territoryIds: ['nord'], desks: 1 })
  const before = await revision()
  expect(await send('saveOffice', { id: office?.id, name: 'Sede', territoryIds: ['nord'] })).toMatchObject({ status: 200 })
  expect(await revision()).toBe(before)
  expect(await send('saveOffice', { id: office?.id, name: 'Sede', territoryIds: ['nord', territory] })).toMatchObject({ status: 200 })
  expect(await revision()).toBe(Number(before) + 1)
  expect(await send('saveOffice', { id: office?.id, name: 'Sede', territoryIds: ['nowhere'] })).toMatchObject({ status: 404 })

  const elsewhere = (await send('saveOffice', { id: null, name: 'Costa', territoryIds: [] })).body as OfficeView
  expect(await send('saveDevice', { id: desk.id, name: 'Banco 1', officeId: elsewhere.id })).toMatchObject({ status: 200, body: { name: 'Banco 1', officeId: elsewhere.id } })
  expect(await revision()).toBe(Number(before) + 2)
  expect((await get<DeviceView[]>('devices'))[0]).toMatchObject({ id: desk.id, state: 'active', name: 'Banco 1' })
})

it('makes codes for one more desk that open the door', async () => {
  const [office] = await get<OfficeView[]>('offices')
  const made = await send('createEnrolmentCode', { officeId: office?.id, short: true })
  expect(made).toMatchObject({ status: 200, body: { code: expect.stringMatching(/^\d{8}$/) as unknown, officeName: office?.name } })
  expect(await send('createEnrolmentCode', { officeId: 'none', short: true })).toMatchObject({ status: 404 })
  const stored = await hub.database.asOwner('SELECT * FROM enrolment_code')
  expect(JSON.stringify(stored)).not.toContain((made.body as { code: string }).code)
})

it('keeps teams, with names of their own', async () => {
  const added = await send('saveTeam', { id: null, name: 'Reclami' })
  expect(added).toMatchObject({ status: 200, body: { name: 'Reclami', people: 0 } })
  expect(await send('saveTeam', { id: null, name: 'Reclami' })).toMatchObject({ status: 409, body: { error: { code: 'name_taken' } } })
  expect(await send('saveTeam', { id: (added.body as { id: string }).id, name: 'Volture' })).toMatchObject({ status: 200, body: { name: 'Volture' } })
  expect(await send('saveTeam', { id: 'none', name: 'Altro' })).toMatchObject({ status: 404 })
})
