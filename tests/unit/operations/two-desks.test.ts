import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import type { CustomerId, MeterId, PersonId, TicketId } from '../../../shared/domain/ids.ts'
import type { ContractRow, CustomerRow, MeterRow, SupplyPointRow } from '../../../shared/domain/records/master.ts'
import type { ReadingRow, ReadingWindowRow } from '../../../shared/domain/records/readings.ts'
import type { TicketRow } from '../../../shared/domain/records/tickets.ts'
import { changeContact, contactFields, correctIdentity } from '../../../shared/operations/customers.ts'
import type { Facts } from '../../../shared/operations/operation.ts'
import { enterReading } from '../../../shared/operations/readings.ts'
import { noteTicket, takeTicket, waitTicket } from '../../../shared/operations/tickets.ts'

/** Table 3.6 of the reliability notes: what the hub does where two desks wrote about the same thing. */
const facts: Facts = { opId: 'op-2', now: '2026-11-20T09:00:00.000Z', today: '2026-11-20' as CivilDay, time: '10:00', actor: { id: 'p-2' as PersonId, name: 'Bruno Prova', role: 'supervisor' }, desk: 'Sportello 2' }
const customer: CustomerRow = {
  n: 1, id: 'etra:1' as CustomerId, brandId: 'etra' as CustomerRow['brandId'], code: '1', kind: 'person', lastName: 'Prova', firstName: 'Elena', companyName: null, taxCode: 'PRVLNE80A41H501X', vatNumber: null,
  birthDay: null, sex: null, phone: '+390498098000', mobile: null, email: 'elena@example.it', emailState: 'unreachable', vulnerable: false, sinceDay: null, addressId: null, updatedAt: '2026-01-01T00:00:00.000Z',
}

describe('contact data changed by two desks', () => {
  const email = (from: string | null, to: string | null) => ({ customerId: customer.id, changes: [{ field: 'email' as const, from, to }] })

  it('is an ordinary change where nobody else was there', () => {
    expect(changeContact.merge?.({ customer }, email('elena@example.it', 'nuova@example.it'), facts, null)).toBeNull()
    expect(changeContact.decide({ customer }, email('elena@example.it', 'nuova@example.it'), facts)).toMatchObject({ ok: true, changes: [{ set: { email: 'nuova@example.it', emailState: 'ok' } }] })
  })

  it('lets the later arrival stand and keeps the value it replaced', () => {
    const merged = changeContact.merge?.({ customer }, email('prima@example.it', 'nuova@example.it'), facts, null)
    expect(merged).toMatchObject({
      outcome: 'merged',
      code: 'field_conflict',
      changes: [{ table: 'customer', set: { email: 'nuova@example.it' } }, { table: 'fieldConflict', row: { id: 'op-2:email', kept: 'nuova@example.it', lost: 'elena@example.it', state: 'open' } }],
    })
  })

  it('leaves a field alone that was named and not changed', () => {
    const changes = [{ field: 'phone' as const, from: '+390498098999', to: '+390498098999' }, { field: 'email' as const, from: 'elena@example.it', to: 'nuova@example.it' }]
    expect(changeContact.merge?.({ customer }, { customerId: customer.id, changes }, facts, null)).toBeNull()
    const decided = changeContact.decide({ customer }, { customerId: customer.id, changes }, facts)
    expect(decided).toMatchObject({ ok: true, changes: [{ set: { email: 'nuova@example.it' } }] })
    expect(JSON.stringify(decided)).not.toContain('+390498098999')
  })

  it('is no conflict when both wrote the same', () => {
    expect(changeContact.merge?.({ customer }, email('prima@example.it', 'elena@example.it'), facts, null)).toMatchObject({ outcome: 'merged', code: 'same_value', changes: [{ table: 'customer' }] })
  })

  it('never makes up a value, never loses one, and leaves other fields alone', () => {
    const value = fc.constantFrom(null, '+390498098001', '+390498098002', '+390498098003')
    fc.assert(
      fc.property(value, value, value, fc.subarray(['phone', 'mobile'] as const, { minLength: 1 }), (stands, from, to, fields) => {
        const at = { ...customer, phone: stands, mobile: stands, email: stands }
        const merged = changeContact.merge?.({ customer: at }, { customerId: at.id, changes: fields.map((field) => ({ field, from, to })) }, facts, null)
        if (merged === null || merged === undefined || merged.outcome === 'rejected') return stands === from || from === to
        const [update, ...kept] = merged.changes
        const set = update?.action === 'update' ? update.set : {}
        expect(contactFields.filter((field) => field in set).toSorted()).toEqual([...fields].toSorted())
        expect(fields.every((field) => set[field as keyof typeof set] === to)).toBe(true)
        const lost = stands !== from && stands !== to
        expect(kept).toHaveLength(lost ? fields.length : 0)
        for (const change of kept) expect(change).toMatchObject({ row: { lost: stands, kept: to } })
        return true
      }),
    )
  })
})

describe('who a customer is', () => {
  const change = (from: string) => ({ customerId: customer.id, changes: [{ field: 'lastName' as const, from, to: 'Provati' }], reason: 'documento visto' })
  it('is not settled by machine where the record has changed meanwhile', () => {
    expect(correctIdentity.merge?.({ customer }, change('Altro'), facts, null)).toEqual({ outcome: 'rejected', code: 'review' })
    expect(correctIdentity.merge?.({ customer }, change('Prova'), facts, null)).toBeNull()
  })
  it('is for supervisors', () => expect(correctIdentity.roles).not.toContain('agent'))
})

describe('a ticket that another desk has moved on', () => {
  const ticket: TicketRow = {
    id: 't-1' as TicketId, code: 'S-1', number: null, customerId: customer.id, supplyPointId: null, area: 'water', type: 'complaint', channel: 'phone', subject: 'Perdita', receivedDay: '2026-11-19' as CivilDay,
    state: 'in_charge', priority: 'normal', assignee: 'p-1', openedAt: '', updatedAt: '', origin: 'desk',
  }
  it('keeps the step and its words, and stays where it is', () => {
    const merged = takeTicket.merge?.({ ticket, events: [] }, { ticketId: ticket.id, text: 'La seguo io' }, facts, { state: 'new' })
    expect(merged).toMatchObject({ outcome: 'superseded', changes: [{ table: 'ticketEvent', action: 'insert', row: { id: 'op-2', text: 'La seguo io', toState: 'in_charge', superseded: true } }] })
  })
  it('takes a note in any state, and a step that saw the state as it is', () => {
    expect(noteTicket.merge?.({ ticket, events: [] }, { ticketId: ticket.id, text: 'Nota' }, facts, { state: 'new' })).toBeNull()
    expect(waitTicket.merge?.({ ticket, events: [] }, { ticketId: ticket.id, text: 'Attende' }, facts, { state: 'in_charge' })).toBeNull()
  })
})

describe('the same meter read twice on a day', () => {
  const meter = { id: 'm-1' as MeterId, kind: 'direct', digits: 5, decimals: 3, corrector: false, correctorDigits: null } as MeterRow
  const first: ReadingRow = { meterId: meter.id, day: '2026-11-20' as CivilDay, entry: 'op-1', source: 'desk', state: 'pending', value: 1_331_000, value2: null, value3: null, correctorValue: null, takenAt: null, enteredBy: null, enteredAt: null, reason: null }
  const open = { brandId: 'etra', commodity: 'water', fromDay: '2026-01-01', fromTime: '00:00', toDay: '2026-12-31', toTime: '23:59', mode: 'continuous' } as ReadingWindowRow
  const records = { meter, point: { commodity: 'water' } as SupplyPointRow, contracts: [{ state: 'active' } as ContractRow], windows: [open], entries: [first] }
  const read = (value: number) => ({ customerId: customer.id, meterId: meter.id, value, value2: null, value3: null, correctorValue: null, reason: null })

  it('is one reading when the value is the same', () => {
    expect(enterReading.merge?.(records, read(1_331_000), facts, null)).toMatchObject({ outcome: 'merged', code: 'same_reading', changes: [] })
  })
  it('is contested when it is not: the first stays', () => {
    expect(enterReading.merge?.(records, read(1_332_000), facts, null)).toMatchObject({ outcome: 'superseded', code: 'reading_contested', changes: [{ row: { entry: 'op-2', state: 'contested', value: 1_332_000 } }] })
  })
  it('is refused as it would be without the first: of another customer, outside the period, after the end of the service', () => {
    for (const bad of [{ contracts: [] }, { windows: [] }, { contracts: [{ state: 'closed' } as ContractRow] }]) expect(enterReading.merge?.({ ...records, ...bad }, read(1_332_000), facts, null)).toBeNull()
  })
  it.each(['deleted', 'contested', 'overruled'] as const)('a %s one does not stand in the way', (state) => {
    expect(enterReading.merge?.({ ...records, entries: [{ ...first, state }] }, read(1_332_000), facts, null)).toBeNull()
  })
})
