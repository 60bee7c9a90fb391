import { expect, it } from 'vitest'
import { createTestCore } from '../../support/test-core.ts'
import { rossi, waterMeter } from '../../support/master-data.ts'
import { exchange, joinedDesk } from '../../support/hub-desk.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { desk, filled, kept, ticket } from '../sync/desks.ts'

/** One place for all that waits for somebody: agents see their own, supervisors all of it, and each says who decides. */
it('lists contested readings, conflicts and steps that came too late, with who wrote them and who decides', async () => {
  const hub = await filled()
  const first = await desk(hub, 1)
  const second = kept(await joinedDesk(hub, { deskNumber: 2 }))
  const opened = await first.call('tickets', 'open', ticket('Perdita in strada'))
  if (!opened.ok) throw new Error(opened.error.code)
  const { ticketId } = opened.value
  for (const core of [first, second]) expect(await exchange(core)).toBe(null)

  // Both without a line, at the same ticket and the same meter.
  hub.hooks.fault = () => 'lost before'
  expect(await first.call('tickets', 'take', { ticketId, text: 'La prendo io, richiamo domani' })).toMatchObject({ ok: true })
  expect(await second.call('tickets', 'cancel', { ticketId, text: 'La prendo io, richiamo lunedi' })).toMatchObject({ ok: true })
  expect(await first.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })).toMatchObject({ ok: true })
  expect(await second.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_332_000 })).toMatchObject({ ok: true })
  hub.hooks.fault = () => null
  for (const core of [first, second, first]) for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)

  const list = await first.call('inbox', 'list', {})
  if (!list.ok) throw new Error(list.error.code)
  expect(list.value.counts).toEqual({ refused: 0, review: 0, contested: 1, conflict: 0, superseded: 1 })
  expect(list.value.rows.map(({ kind, what, ticketId: about, reading }) => [kind, what, about, reading?.day ?? null]).toSorted()).toEqual([['contested', 'reading.enter', null, '2026-11-20'], ['superseded', 'ticket.cancelled', ticketId, null]])
  expect(list.value.rows.find(({ kind }) => kind === 'contested')).toMatchObject({ customer: { id: rossi.id }, mayDecide: true, deciders: ['Anna Prova'] })

  // Somebody who is an agent sees what they wrote, and nothing else.
  hub.put('person', { ...hub.find('person', { username: 'anna' })[0], id: 'agent-1', username: 'bruno', displayName: 'Bruno Prova', role: 'agent' })
  hub.passwords.set('bruno', { password: testPassword, revision: 1 })
  for (let turn = 0; turn < 2; turn++) expect(await exchange(first)).toBe(null)
  const bruno = first.as('other')
  expect(await bruno('session', 'signIn', { username: 'bruno', password: testPassword })).toMatchObject({ ok: true })
  expect(await bruno('inbox', 'list', {})).toMatchObject({ value: { total: 0 } })

  const step = list.value.rows.find(({ kind }) => kind === 'superseded')
  const looked = await second.call('inbox', 'superseded', { eventId: step?.id ?? '' })
  expect(looked).toMatchObject({ ok: true, value: { writtenFor: 'new', found: 'in_charge', byMe: true, allowedNow: true, mine: { kind: 'cancelled', text: 'La prendo io, richiamo lunedi' }, theirs: [{ kind: 'taken', text: 'La prendo io, richiamo domani' }] } })
  expect(await second.call('inbox', 'again', { eventId: step?.id ?? '', text: 'Doppione, annullato' })).toMatchObject({ ok: true, value: { ticketId } })
  expect(await second.call('inbox', 'again', { eventId: step?.id ?? '', text: 'Doppione, annullato' })).toMatchObject({ ok: false })

  const day = await first.call('inbox', 'contested', { meterId: waterMeter, day: '2026-11-20' })
  expect(day).toMatchObject({ ok: true, value: { mayDecide: true, deciders: ['Anna Prova'], readings: [{ value: 1_331_000, state: 'pending' }, { value: 1_332_000, state: 'contested' }] } })
  expect(await first.call('readings', 'replace', { customerId: rossi.id, meterId: waterMeter, day: '2026-11-20', value: 1_331_500, reason: 'Letta sul posto' })).toMatchObject({ error: { code: 'decimals_not_shown' } })
  expect(await first.call('readings', 'replace', { customerId: rossi.id, meterId: waterMeter, day: '2026-11-20', value: 1_333_000, reason: 'Letta sul posto' })).toMatchObject({ ok: true, value: { value: 1_333_000, state: 'pending' } })
  for (const core of [second, first, second]) for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
  for (const core of [first, second]) {
    expect(await core.call('inbox', 'list', {})).toMatchObject({ value: { total: 0 } })
    expect(await core.call('inbox', 'contested', { meterId: waterMeter, day: '2026-11-20' })).toMatchObject({ value: { decisions: [{ choice: 'new_value', by: 'Anna Prova', reason: 'Letta sul posto' }] } })
  }
  expect(hub.find('ticket', { id: ticketId })).toMatchObject([{ state: 'cancelled' }])
})

it('shows the three values of a field two desks changed, and either can be put back', async () => {
  const hub = await filled()
  const first = await desk(hub, 1)
  const second = kept(await joinedDesk(hub, { deskNumber: 2 }))
  const verify = async (core: typeof first) => {
    const reply = await core.call('customers', 'verify', { customerId: rossi.id, answers: [{ check: 'tax_code_end', answer: rossi.taxCode.slice(-4) }, { check: 'birth_day', answer: '1/1/1980' }] })
    return reply.ok ? (reply.value.email?.text ?? '') : 'not verified'
  }
  for (const core of [first, second]) expect(await exchange(core)).toBe(null)
  const seen = await verify(first)
  await verify(second)
  hub.hooks.fault = () => 'lost before'
  for (const [core, to] of [[first, 'prima@example.it'], [second, 'seconda@example.it']] as const) expect(await core.call('customers', 'changeContact', { customerId: rossi.id, changes: [{ field: 'email', seen, to }] })).toMatchObject({ ok: true })
  hub.hooks.fault = () => null
  for (const core of [first, second, first]) for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
  const shown = await first.call('customers', 'conflicts', { customerId: rossi.id })
  if (!shown.ok || !shown.value[0]) throw new Error('no conflict')
  const [{ conflictId }] = shown.value
  expect(shown.value).toMatchObject([{ field: 'email', before: seen === '' ? null : { text: seen }, lost: { text: 'prima@example.it' }, kept: { text: 'seconda@example.it' }, stands: 'kept', keptBy: 'Anna Prova', state: 'open' }])
  expect(await first.call('customers', 'settleConflict', { customerId: rossi.id, conflictId, choice: 'restore' })).toMatchObject({ ok: true, value: { email: { text: 'prima@example.it' } } })
  expect(await first.call('customers', 'settleConflict', { customerId: rossi.id, conflictId, choice: 'keep' })).toMatchObject({ ok: true, value: { email: { text: 'seconda@example.it' } } })
  for (const core of [first, second]) for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
  await verify(second)
  expect(await second.call('customers', 'conflicts', { customerId: rossi.id })).toMatchObject({ value: [{ stands: 'kept', state: 'settled', decisions: [{ choice: 'restore' }, { choice: 'keep' }] }] })
})

it('has nothing to say on a desk of its own', async () => {
  const core = kept(await createTestCore({}))
  expect(await core.call('inbox', 'list', {})).toEqual({ ok: true, value: { rows: [], total: 0, counts: { refused: 0, review: 0, contested: 0, conflict: 0, superseded: 0 } } })
})
