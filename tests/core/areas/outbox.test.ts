import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callNames } from '../../../shared/contract/index.ts'
import { loadMasterData, rossi } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { samples } from '../../contract/samples.ts'

describe('what was written here', () => {
  let core: TestCore
  let ticketId = ''
  beforeAll(async () => {
    core = await createTestCore({ load: loadMasterData })
    const opened = await core.call('tickets', 'open', { customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject: 'Una domanda' })
    if (!opened.ok) throw new Error(opened.error.code)
    ticketId = opened.value.ticketId
    await core.call('tickets', 'take', { ticketId })
  })
  afterAll(() => core.close())

  it('is listed oldest first, each with its customer and its ticket', async () => {
    const reply = await core.call('outbox', 'list', {})
    if (!reply.ok) throw new Error(reply.error.code)
    expect(reply.value.total).toBe(3)
    expect(reply.value.rows.map((row) => [row.kind, row.state, row.ticketId, row.customer?.id, row.desk, row.pos])).toEqual([
      ['person.add', 'queued', null, undefined, 'Prova 1', null],
      ['ticket.open', 'queued', ticketId, rossi.id, 'Prova 1', null],
      ['ticket.take', 'queued', ticketId, rossi.id, 'Prova 1', null],
    ])
    expect(reply.value.rows[1]?.customer?.name).toMatch(/^Rossi /)
  })

  it('is in no other view than its own', async () => {
    for (const view of ['delivered', 'refused', 'confirmed'] as const) expect(await core.call('outbox', 'list', { view })).toMatchObject({ ok: true, value: { total: 0, rows: [] } })
    expect(await core.call('outbox', 'list', { view: 'queued', limit: 1, offset: 2 })).toMatchObject({ ok: true, value: { total: 3, rows: [{ kind: 'ticket.take' }] } })
  })

  it('is counted where the desk says where it stands', async () => {
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { state: 'none', queued: 3, delivered: 0, refused: 0, snapshot: null, health: null } })
    expect(await core.call('outbox', 'status', {})).toMatchObject({ ok: true, value: { hub: 'none', queued: 3, lastConfirmed: null } })
  })

  it('needs no hub; everything that does says that there is none', async () => {
    const needing = callNames().filter((name) => name.startsWith('administration.'))
    expect(needing.length).toBeGreaterThan(15)
    for (const name of needing) expect(JSON.parse(await core.core.dispatch({ clientId: 'test' }, JSON.stringify({ call: name, input: samples[name] })))).toEqual({ ok: false, error: { code: 'no_hub' } })
    expect(await core.call('hub', 'syncNow', {})).toMatchObject({ error: { code: 'no_hub' } })
    expect(await core.call('hub', 'lookupElsewhere', { reason: 'caller', code: '123' })).toMatchObject({ error: { code: 'no_hub' } })
  })
})
