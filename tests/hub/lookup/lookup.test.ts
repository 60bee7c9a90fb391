import { afterAll, beforeAll, expect, it } from 'vitest'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'

let hub: TestHub
let desk: TestDevice
let session: string
beforeAll(async () => {
  hub = await startTestHub()
  desk = await enrolDevice(hub, { territories: ['nord'] })
  await addPerson(hub, { username: 'bruno', role: 'agent' })
  session = await desk.signIn('bruno')
  const { asOwner } = hub.database
  await asOwner(`INSERT INTO brand (id, name, portal) VALUES ('aqua', 'Aqua', 'x')`)
  await asOwner(`INSERT INTO address (id, street, house_number, postal_code, town, province) VALUES ('aqua:a1', 'Via Battisti', '14', '34125', 'Trieste', 'TS')`)
  const people: readonly (readonly [string, string, string, string | null, string | null])[] = [['1001', 'De Luca', 'Anna', '1980-01-01', '+390403721188'], ['1002', 'De Luca', 'Bianca', '1985-05-05', null], ['1003', 'Verdi', 'Carla', '1980-01-01', null]]
  for (const [code, last, first, born, phone] of people)
    await asOwner(`INSERT INTO customer (id, brand_id, code, kind, last_name, first_name, birth_day, phone, address_id, tax_code, updated_at) VALUES ('aqua:' || $1::text, 'aqua', $1, 'person', $2, $3, $4, $5, 'aqua:a1', 'TAX' || $1, 'x')`, [code, last, first, born, phone])
  await asOwner(`INSERT INTO supply_point (id, brand_id, commodity, code, address_id) VALUES ('aqua:E:IT001E00000001', 'aqua', 'electricity', 'IT001E00000001', 'aqua:a1')`)
  await asOwner(`INSERT INTO contract (id, brand_id, service_code, customer_id, supply_point_id, domestic, start_day, state, direct_debit, bill_delivery) VALUES ('aqua:S1', 'aqua', 'S1', 'aqua:1001', 'aqua:E:IT001E00000001', true, '2020-01-01', 'active', false, 'paper')`)
})
afterAll(() => hub.stop())

const look = (criteria: Record<string, string>) => desk.call('/v1/lookup', { method: 'POST', session, body: { reason: 'caller', ...criteria } })
const code = (answer: { body: unknown }) => (answer.body as { error?: { code: string } }).error?.code

it.each([{ code: '1001' }, { code: ' tax1001 ' }, { code: 'it001e00000001' }, { code: 'S1' }, { name: 'anna de luca', town: 'TRIESTE' }, { name: 'De Luca Anna', birthDay: '1980-01-01' }, { phone: '040 372 1188', town: 'Trieste' }])('finds one customer by %j', async (criteria) => {
  expect(await look(criteria as Record<string, string>)).toMatchObject({ status: 200, body: { customerId: 'aqua:1001', name: 'De Luca Anna', brandName: 'Aqua', address: 'Via Battisti 14, 34125 Trieste (TS)', supplies: [{ code: 'IT001E00000001', state: 'active' }], openTickets: [] } })
})

it('asks for more than one fact, and shows nobody where several fit', async () => {
  for (const criteria of [{}, { name: 'De Luca' }, { town: 'Trieste' }] as Record<string, string>[]) expect(code(await look(criteria))).toBe('criteria_missing')
  expect(await look({ name: 'De Luca', town: 'Trieste' })).toEqual({ status: 409, body: { error: { code: 'several_found' } } })
  expect(await look({ name: 'Luca', town: 'Trieste' })).toEqual({ status: 404, body: { error: { code: 'not_found' } } })
  expect(code(await look({ name: 'De', town: '%' }))).toBe('not_found')
})

it('puts every look on record, by its kinds and never by its values', async () => {
  const rows = await hub.database.asOwner(`SELECT subject, details FROM audit WHERE kind = 'looked_up_elsewhere'`)
  expect(rows.length).toBeGreaterThanOrEqual(10)
  expect(rows[0]).toEqual({ subject: 'aqua:1001', details: { reason: 'caller', criteria: ['code'], found: 1 } })
  expect(JSON.stringify(rows)).not.toMatch(/luca|trieste|0403721188/i)
})
