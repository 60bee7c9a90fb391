import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PoolClient } from 'pg'
import { joined, numbersFor, think } from '../../../hub/sync/execute.ts'
import type { Executed } from '../../../hub/sync/execute.ts'
import { hashOf } from '../../../hub/sync/judge.ts'
import type { Delivered } from '../../../hub/sync/judge.ts'
import { hubOperations, recognise } from '../../../hub/sync/operations.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addPeople, bianchi, furlan, loadRecords, north, rossi, water } from './records.ts'

let hub: TestHub
let people: Awaited<ReturnType<typeof addPeople>>
beforeAll(async () => {
  hub = await startTestHub({ modules: [] })
  await loadRecords(hub.database)
  people = await addPeople(hub)
})
afterAll(() => hub.stop())

/** A step of a made-up day: everything refers to few records, so that operations of one batch meet. */
const step = fc.record({
  kind: fc.constantFrom('open', 'take', 'note', 'answer', 'close', 'reopen', 'cancel', 'read', 'delete', 'settle', 'contact', 'restore', 'add', 'switch', 'identity'),
  ticket: fc.nat(3),
  value: fc.nat(2),
  actor: fc.constantFrom<'agent' | 'supervisor' | 'administrator'>('agent', 'supervisor', 'administrator'),
  customer: fc.constantFrom(rossi.id, rossi.id, bianchi.id, furlan.id, 'etra:none'),
  basis: fc.constantFrom('new', 'in_charge', 'closed'),
})
type Step = { kind: string; ticket: number; value: number; actor: 'agent' | 'supervisor' | 'administrator'; customer: string; basis: string }

function operations(steps: readonly Step[]): Delivered[] {
  const opened: string[] = []
  const entered: string[] = []
  return steps.map((each, index) => {
    const opId = randomUUID()
    const ticketId = opened[each.ticket % Math.max(1, opened.length)] ?? randomUUID()
    const entry = entered[each.ticket % Math.max(1, entered.length)] ?? 'b'
    const [kind, input] = inputOf(each, ticketId, entry)
    if (each.kind === 'open') opened.push(opId)
    if (each.kind === 'read') entered.push(opId)
    const operation = { opId, seq: index + 1, kind, version: 1, input, basis: { state: each.basis }, actor: people[each.actor], at: '2026-11-20T09:00:00.000Z', desk: 'Prova', entity: 'ticket', subjectId: ticketId, hash: '' }
    return { operation: { ...operation, hash: hashOf({ ...operation }) }, origin: { deviceId: 'd', scopes: ['*', north], alias: new Map<string, string>() } }
  })
}

function inputOf({ kind, value, customer }: Step, ticketId: string, entry: string): readonly [string, Record<string, string | number | boolean | null | { field: string; from: string | null; to: string | null }[]>] {
  const phone = ['040 123456', '040 654321', '040 999999'][value] ?? null
  const slot = { customerId: customer, meterId: water.meter, day: '2026-11-20', entry }
  switch (kind) {
    case 'open': return ['ticket.open', { customerId: customer, supplyPointId: null, area: 'water', type: 'report', channel: 'phone', receivedDay: '2026-11-20', subject: 'Perdita', text: '', priority: 'normal' }]
    case 'read': return ['reading.enter', { customerId: customer, meterId: water.meter, value: 1_250_000 + value * 1_000, value2: null, value3: null, correctorValue: null, reason: null }]
    case 'delete': return ['reading.delete', slot]
    case 'settle': return ['reading.settle', { ...slot, reason: 'Foto del contatore' }]
    case 'contact': return ['customer.change-contact', { customerId: customer, changes: [{ field: 'phone', from: '040 123456', to: phone }] }]
    case 'restore': return ['customer.settle-conflict', { conflictId: `${ticketId}:phone`, choice: 'restore' }]
    case 'identity': return ['customer.correct-identity', { customerId: customer, changes: [{ field: 'lastName', from: 'Rossi', to: `Rossi${value}` }], reason: 'Documento' }]
    case 'add': return ['person.add', { username: `nuova${value}`, displayName: 'Nuova', role: 'agent' }]
    case 'switch': return ['person.set-active', { personId: people.agent, active: value > 0 }]
    default: return [`ticket.${kind}`, { ticketId, text: 'Parole' }]
  }
}

const tables = ['ticket', 'ticket_event', 'reading', 'customer', 'field_conflict', 'person', 'staff', 'ticket_number']

/** What a way of carrying them out comes to; nothing of it stays. */
async function outcome(way: (tx: PoolClient) => Promise<Executed>): Promise<unknown> {
  const tx = await hub.database.pool.connect()
  try {
    await tx.query('BEGIN')
    const { judged, touched } = await way(tx)
    const rows: unknown[] = []
    for (const table of tables) rows.push((await tx.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} AS t ORDER BY 1`)).rows)
    return {
      rows,
      verdicts: judged.map(({ verdict: { outcome: result, code, details, subject } }) => ({ result, code, details, subject })),
      fed: touched.map(({ table, row, isNew }) => JSON.stringify({ table, row: Object.entries(row).toSorted(), isNew })).toSorted(),
    }
  } finally {
    await tx.query('ROLLBACK')
    tx.release()
  }
}

async function carriedOut(tx: PoolClient, delivered: Parameters<typeof think>[1]): Promise<Executed> {
  const thought = await think(tx, delivered)
  return thought.write(await numbersFor(tx, hub.hub.parts, thought.newTickets))
}

it('comes to the same rows, outcomes and changes together as one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      const delivered = operations(steps)
      const together = await outcome((tx) => carriedOut(tx, delivered))
      const apart = await outcome(async (tx) => {
        const parts: Executed[] = []
        for (const each of delivered) parts.push(await carriedOut(tx, [each]))
        return joined(parts)
      })
      expect(together).toEqual(apart)
    }),
    { numRuns: 60 },
  )
})

it('knows every operation there is', async () => {
  const folder = new URL('../../../shared/operations/', import.meta.url)
  const files = await Promise.all(readdirSync(folder).filter((name) => name.endsWith('.ts')).map(async (name) => (await import(new URL(name, folder).href)) as Readonly<Record<string, unknown>>))
  const all = files.flatMap((file) => Object.values(file)).flatMap((value) => (typeof value === 'object' && value !== null && 'kind' in value && 'decide' in value ? [value.kind] : []))
  expect(hubOperations.map(({ kind }) => kind).toSorted()).toEqual(all.toSorted())
})

it('reads older versions through a step for each, and refuses what nobody can read', () => {
  const [open] = hubOperations
  const known = new Map([[open!.kind, { ...open!, version: 3 }]])
  const steps = { 'ticket.open': { 1: (input: unknown) => ({ one: input as string }), 2: (input: unknown) => ({ two: input as { one: string } }) } }
  expect(recognise('ticket.open', 1, 'x', known, steps)).toMatchObject({ ok: true, input: { two: { one: 'x' } } })
  expect(recognise('ticket.open', 3, 'x', known, steps)).toMatchObject({ ok: true, input: 'x' })
  expect(recognise('ticket.open', 4, 'x', known, steps)).toEqual({ ok: false, code: 'newer_version' })
  expect(recognise('ticket.open', 1, 'x', known, {})).toEqual({ ok: false, code: 'version_too_old' })
  expect(recognise('ticket.fly', 1, 'x', known, steps)).toEqual({ ok: false, code: 'unknown_kind' })
})
