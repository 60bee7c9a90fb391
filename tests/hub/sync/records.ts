import { randomUUID } from 'node:crypto'
import type { Json } from '../../../shared/domain/json.ts'
import { hashOf } from '../../../hub/sync/judge.ts'
import { oldestProtocol } from '../../../shared/sync/wire.ts'
import type { PushAnswer, PushRequest, WireOperation } from '../../../shared/sync/wire.ts'
import type { HubDatabase } from '../../support/hub-database.ts'
import { addOffice, addPerson, enrolDevice } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'

export const rossi = { id: 'etra:005007', tax: 'RSSMRA80A01H501U' } as const
export const furlan = { id: 'etra:011842' } as const
export const bianchi = { id: 'etra:020951' } as const
export const water = { point: 'etra:W:2200418', meter: 'etra:W:18-204417' } as const
export const north = 'north'
export const south = 'south'

/** A few customers with what belongs to them: Rossi and Bianchi in the north, Furlan in the south. */
export async function loadRecords({ asOwner }: HubDatabase): Promise<void> {
  const now = '2026-11-01T00:00:00.000Z'
  await asOwner(`INSERT INTO territory (id, name, rules) VALUES ('${north}', 'Nord', '[]'), ('${south}', 'Sud', '[]') ON CONFLICT DO NOTHING`)
  await asOwner(`INSERT INTO address (id, street, town) VALUES ('etra:A1', 'Via Battisti', 'Trieste'), ('etra:A2', 'Via Mazzini', 'Monfalcone')`)
  for (const [id, name, address, territory] of [[rossi.id, 'Rossi', 'etra:A1', north], [furlan.id, 'Furlan', 'etra:A2', south], [bianchi.id, 'Bianchi', 'etra:A1', north]]) {
    await asOwner(
      `INSERT INTO customer (id, brand_id, code, kind, last_name, tax_code, phone, mobile, email, email_state, vulnerable, address_id, updated_at) VALUES ($1, 'etra', $2, 'person', $3, $5, '040 123456', NULL, NULL, NULL, false, $4, '${now}')`,
      [id, id?.slice(5), name, address, id === rossi.id ? rossi.tax : null],
    )
    await asOwner('INSERT INTO customer_territory (customer_id, territory_id) VALUES ($1, $2)', [id, territory])
  }
  await asOwner(`INSERT INTO supply_point (id, brand_id, commodity, code, address_id) VALUES ('${water.point}', 'etra', 'water', '2200418', 'etra:A1'), ('etra:G:1', 'etra', 'gas', '1', 'etra:A2')`)
  await asOwner(
    `INSERT INTO contract (id, brand_id, service_code, customer_id, supply_point_id, domestic, start_day, end_day, state, direct_debit, bill_delivery) VALUES
      ('etra:S-100', 'etra', 'S-100', '${rossi.id}', '${water.point}', true, '2011-03-14', NULL, 'active', false, 'paper'),
      ('etra:S-200', 'etra', 'S-200', '${furlan.id}', 'etra:G:1', true, '2011-03-14', NULL, 'active', false, 'paper')`,
  )
  await asOwner(
    `INSERT INTO meter (id, supply_point_id, serial, kind, digits, decimals, corrector) VALUES ('${water.meter}', '${water.point}', '18-204417', 'direct', 5, 3, false), ('etra:G:m', 'etra:G:1', 'm', 'direct', 5, 3, false)`,
  )
  await asOwner(`INSERT INTO reading (meter_id, day, entry, source, state, value) VALUES ('${water.meter}', '2026-07-01', 'b', 'company', 'acquired', 1222000)`)
}

export type Desk = Awaited<ReturnType<typeof addDesk>>

/** A desk of an office with territories, that numbers and hashes its operations as a real one does. */
export async function addDesk(hub: TestHub, options: { office?: string; territories?: readonly string[]; actor: string }) {
  const device = await enrolDevice(hub, { name: `desk ${randomUUID().slice(0, 4)}`, office: options.office ?? 'Nord', territories: options.territories ?? [north] })
  return deskOf(hub, device, options.actor)
}

export async function deskOf(hub: TestHub, device: TestDevice, actor: string) {
  const [head] = await hub.database.asOwner('SELECT feed_id FROM feed_head')
  const state = { seq: 0, epoch: 1, feedId: String(head?.['feed_id']) }
  const number = (operation: Omit<WireOperation, 'seq' | 'hash'>): WireOperation => {
    const numbered = { ...operation, seq: (state.seq += 1), hash: '0'.repeat(64) }
    return { ...numbered, hash: hashOf(numbered) }
  }
  const write = (kind: string, input: Json, extra: Partial<WireOperation> = {}): WireOperation =>
    number({ opId: randomUUID(), kind, version: 1, input: input as WireOperation['input'], basis: null, actor, at: hub.clock.now().toISOString(), desk: 'Prova', entity: 'ticket', subjectId: subjectIn(input), ...extra })
  const request = (operations: readonly WireOperation[]): PushRequest => ({ protocol: oldestProtocol, epoch: state.epoch, feedId: state.feedId, firstSeq: operations[0]?.seq ?? 1, operations: [...operations] })
  return {
    ...device,
    state,
    write,
    request,
    openTicket: (customerId: string = rossi.id, subject = 'Perdita in strada') =>
      write('ticket.open', { customerId, supplyPointId: null, area: 'water', type: 'report', channel: 'phone', receivedDay: '2026-11-20', subject, text: 'Acqua in strada', priority: 'normal' }),
    reading: (value: number, customerId: string = rossi.id, meterId: string = water.meter) => write('reading.enter', { customerId, meterId, value, value2: null, value3: null, correctorValue: null, reason: null }, { entity: 'reading' }),
    /** Status and answer of a push. */
    push: async (...operations: readonly WireOperation[]) => device.call('/v1/push', { method: 'POST', body: request(operations) }),
    /** The answer of a push that must be accepted. */
    send: async (...operations: readonly WireOperation[]): Promise<PushAnswer> => {
      const answer = await device.call('/v1/push', { method: 'POST', body: request(operations) })
      if (answer.status !== 200) throw new Error(`push refused: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body as PushAnswer
    },
  }
}

function subjectIn(input: Json): string {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return 'none'
  const { ticketId, customerId } = input as { readonly [key: string]: Json | undefined }
  return typeof ticketId === 'string' ? ticketId : typeof customerId === 'string' ? customerId : 'none'
}

/** Offices of both territories and one person of each role. */
export async function addPeople(hub: TestHub) {
  await addOffice(hub, 'Nord', [north])
  await addOffice(hub, 'Sud', [south])
  return {
    agent: await addPerson(hub, { username: 'anna', role: 'agent' }),
    supervisor: await addPerson(hub, { username: 'sara', role: 'supervisor' }),
    administrator: await addPerson(hub, { username: 'ada', role: 'administrator' }),
  }
}

export const outcomes = (answer: PushAnswer) => answer.receipts.map(({ outcome, code }) => (code === null ? outcome : `${outcome} ${code}`))
