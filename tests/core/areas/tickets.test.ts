import { afterEach, describe, expect, it } from 'vitest'
import { furlan, gasPoint, loadMasterData, rossi, waterPoint } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
async function desk(): Promise<TestCore> {
  const core = await createTestCore({ load: loadMasterData })
  opened.push(core)
  return core
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})

const complaint = { customerId: rossi.id, supplyPointId: waterPoint, area: 'water', type: 'complaint', channel: 'pec', receivedDay: '2026-11-13', subject: 'Bolletta raddoppiata', text: 'La fattura è il doppio.' } as const

async function openComplaint(core: TestCore) {
  const reply = await core.call('tickets', 'open', complaint)
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value
}

describe('a ticket from opening to closing', () => {
  it('keeps every step with who and when, and is still there after a restart', async () => {
    const core = await desk()
    const ticket = await openComplaint(core)
    expect(ticket).toMatchObject({ state: 'new', receivedDay: '2026-11-13', customerName: 'Rossi Mario', receipt: 'queued' })
    expect(ticket.code).toMatch(/^T-2026-[2-9A-Z]{7}$/)
    const ticketId = ticket.ticketId
    for (const [step, input] of [
      ['take', { ticketId }],
      ['note', { ticketId, text: 'Chiesta la foto del contatore.' }],
      ['wait', { ticketId, text: 'Aspettiamo la foto.' }],
      ['answer', { ticketId, text: 'La fattura sarà rifatta.' }],
      ['close', { ticketId }],
      ['reopen', { ticketId, text: 'Il cliente richiama.' }],
    ] as const) {
      core.clock.advance(60_000)
      expect(await core.call('tickets', step, input as never)).toMatchObject({ ok: true })
    }
    const again = await core.restart()
    opened.splice(opened.indexOf(core), 1, again)
    const reply = await again.call('tickets', 'get', { ticketId })
    if (!reply.ok) throw new Error(reply.error.code)
    expect(reply.value.events.map((event) => [event.kind, event.actor, event.toState])).toEqual([
      ['opened', 'Anna Prova', 'new'],
      ['taken', 'Anna Prova', 'in_charge'],
      ['noted', 'Anna Prova', 'in_charge'],
      ['waiting', 'Anna Prova', 'waiting'],
      ['answered', 'Anna Prova', 'answered'],
      ['closed', 'Anna Prova', 'closed'],
      ['reopened', 'Anna Prova', 'in_charge'],
    ])
    expect(new Set(reply.value.events.map((event) => event.at)).size).toBe(7)
    expect(reply.value.events.map((event) => event.receipt)).toEqual(Array.from({ length: 7 }, () => 'queued'))
  })

  it('refuses a step that the state does not allow, and names the state', async () => {
    const core = await desk()
    const { ticketId } = await openComplaint(core)
    expect(await core.call('tickets', 'wait', { ticketId, text: 'x' })).toEqual({ ok: false, error: { code: 'step_not_allowed', details: { state: 'new' } } })
  })

  it('does not let a complaint close unanswered, nor after a reopening without a new answer', async () => {
    const core = await desk()
    const { ticketId } = await openComplaint(core)
    await core.call('tickets', 'take', { ticketId })
    expect(await core.call('tickets', 'close', { ticketId })).toMatchObject({ ok: false, error: { code: 'answer_missing' } })
    await core.call('tickets', 'answer', { ticketId, text: 'Risposta' })
    await core.call('tickets', 'close', { ticketId })
    await core.call('tickets', 'reopen', { ticketId, text: 'Ancora' })
    expect(await core.call('tickets', 'close', { ticketId })).toMatchObject({ ok: false, error: { code: 'answer_missing' } })
  })

  it('lets an information request close without an answer in writing', async () => {
    const core = await desk()
    const reply = await core.call('tickets', 'open', { ...complaint, type: 'information', channel: 'phone' })
    if (!reply.ok) throw new Error(reply.error.code)
    await core.call('tickets', 'take', { ticketId: reply.value.ticketId })
    expect(await core.call('tickets', 'close', { ticketId: reply.value.ticketId })).toMatchObject({ ok: true, value: { state: 'closed' } })
  })

  it('refuses a day received in the future, a stranger and a supply point of somebody else', async () => {
    const core = await desk()
    expect(await core.call('tickets', 'open', { ...complaint, receivedDay: '2026-11-21' })).toMatchObject({ error: { code: 'received_in_future' } })
    expect(await core.call('tickets', 'open', { ...complaint, customerId: 'etra:999999' })).toMatchObject({ error: { code: 'customer_not_found' } })
    expect(await core.call('tickets', 'open', { ...complaint, supplyPointId: gasPoint })).toMatchObject({ error: { code: 'supply_point_not_of_customer' } })
    expect(await core.call('tickets', 'open', { ...complaint, receivedDay: '2026-02-30' })).toMatchObject({ error: { code: 'invalid_input', details: { issues: [{ path: 'receivedDay', reason: 'civil_day' }] } } })
  })

  it('keeps the history append-only in the database itself', async () => {
    const core = await desk()
    await openComplaint(core)
    const change = (sql: string) => core.core.desk.bulkParts().work.local((db) => db.prepare(sql).run())
    await expect(change(`UPDATE ticket_event SET text = 'altro'`)).rejects.toThrow('append-only')
    await expect(change('DELETE FROM ticket_event')).rejects.toThrow('append-only')
    await expect(change('DELETE FROM audit')).rejects.toThrow('append-only')
  })

  it('lists the open ones, oldest received first', async () => {
    const core = await desk()
    await core.call('tickets', 'open', complaint)
    await core.call('tickets', 'open', { ...complaint, customerId: furlan.id, supplyPointId: gasPoint, area: 'energy', receivedDay: '2026-10-02' })
    const reply = await core.call('tickets', 'queue', {})
    if (!reply.ok) throw new Error(reply.error.code)
    expect(reply.value.total).toBe(2)
    expect(reply.value.rows.map((row) => [row.receivedDay, row.customerName])).toEqual([
      ['2026-10-02', 'Panificio Furlan S.n.c.'],
      ['2026-11-13', 'Rossi Mario'],
    ])
  })
})
