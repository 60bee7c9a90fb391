import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../shared/domain/json.ts'
import { currentDeclaration } from '../../../shared/domain/declaration.ts'
import { allOperations } from '../../../shared/operations/all.ts'
import type { OperationKind } from '../../../shared/operations/all.ts'
import { corrections } from '../../../electron/core/inbox/corrections.ts'
import { journalFile } from '../../../electron/core/sync/outbox-journal.ts'
import type { HubDouble } from '../../support/hub-double.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { exchange, inStore } from '../../support/hub-desk.ts'
import { rossi, waterMeter } from '../../support/master-data.ts'
import type { TestCore } from '../../support/test-core.ts'
import { desk, filled, ticket } from '../sync/desks.ts'

/** What the hub refused is written again with every field as it was typed, for every kind that a person can write. */
type Written = { readonly ok: boolean }
type Fields = { readonly [name: string]: Json | undefined }
type Case = { readonly before?: (core: TestCore, made: { ticketId: string; hub: HubDouble }) => Promise<unknown>; readonly write: (core: TestCore, made: { ticketId: string }) => Promise<Written>; readonly change: Fields }

const step = (name: 'take' | 'note' | 'wait' | 'answer' | 'close' | 'reopen' | 'cancel', ...before: readonly ('take' | 'answer' | 'close')[]): Case => ({
  before: async (core, { ticketId }) => {
    for (const one of before) await core.call('tickets', one, { ticketId, text: 'prima' })
  },
  write: (core, { ticketId }) => core.call('tickets', name, { ticketId, text: 'Parole lunghe, scritte con cura' }),
  change: { text: 'Parole corrette' },
})
const enter = (core: TestCore) => core.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000, reason: 'detta al telefono' })
/** What it names goes a way of its own: `attachments.test.ts` of the sync tests. */
async function attach(core: TestCore, { ticketId }: { readonly ticketId: string }): Promise<Written> {
  const content = Buffer.from('una fotografia')
  const begun = await core.call('tickets', 'attachBegin', { ticketId, name: 'contatore.png', size: content.length })
  if (!begun.ok) return begun
  const { uploadId } = begun.value
  const part = await core.call('tickets', 'attachPart', { uploadId, start: 0, data: content.toString('base64') })
  return part.ok ? core.call('tickets', 'attach', { uploadId }) : part
}
const contest = async (core: TestCore, hub: HubDouble): Promise<void> => {
  await enter(core)
  expect(await exchange(core)).toBe(null)
  hub.put('reading', { meterId: waterMeter, day: '2026-11-20', entry: 'other', source: 'desk', state: 'contested', value: 1_332_000, value2: null, value3: null, correctorValue: null, takenAt: null, enteredBy: 'p-9', enteredAt: '2026-11-20T09:01:00.000Z', reason: null })
}
const link = { customerId: rossi.id, customerCode: rossi.code, serviceCode: 'S-100', taxCode: rossi.taxCode, declarationAccepted: true, declarationVersion: currentDeclaration, declaredAs: 'holder' } as const

const cases: { readonly [K in OperationKind]: Case | 'administration' | 'no' } = {
  'ticket.open': { write: (core) => core.call('tickets', 'open', { ...ticket('Una domanda'), text: 'Il racconto del cliente', priority: 'high' }), change: { subject: 'Una domanda corretta' } },
  'ticket.take': step('take'),
  'ticket.note': step('note'),
  'ticket.wait': step('wait', 'take'),
  'ticket.answer': step('answer', 'take'),
  'ticket.close': step('close', 'take'),
  'ticket.reopen': step('reopen', 'take', 'answer', 'close'),
  'ticket.cancel': step('cancel'),
  'ticket.attach': { write: attach, change: { name: 'contatore-nuovo.png' } },
  'reading.enter': { write: enter, change: { value: 1_332_000 } },
  'reading.delete': { before: enter, write: async (core) => core.call('readings', 'remove', { customerId: rossi.id, meterId: waterMeter, day: '2026-11-20', entry: entryOf(core) }), change: {} },
  'reading.settle': { before: (core, { hub }) => contest(core, hub), write: (core) => core.call('readings', 'settle', { customerId: rossi.id, meterId: waterMeter, day: '2026-11-20', entry: 'other', reason: 'Vista la foto' }), change: { reason: 'Vista la foto del contatore' } },
  'reading.replace': { before: (core, { hub }) => contest(core, hub), write: (core) => core.call('readings', 'replace', { customerId: rossi.id, meterId: waterMeter, day: '2026-11-20', value: 1_333_000, reason: 'Nessuna delle due' }), change: { value: 1_334_000 } },
  'portal.link': { write: (core) => core.call('portal', 'link', link), change: { declaredAs: 'authorised' } },
  'portal.unlink': { before: (core) => core.call('portal', 'link', link), write: async (core) => core.call('portal', 'unlink', { linkId: String(inStore(core, (db) => db.prepare('SELECT id FROM contract_link').pluck().get())), reason: 'Chiesto dal cliente' }), change: { reason: 'Chiesto per iscritto' } },
  'customer.change-contact': { before: verify, write: newMail, change: { changes: [{ field: 'email', from: null, to: 'nuovissima@example.it' }] } },
  'customer.correct-identity': {
    before: verify,
    write: (core) => core.call('customers', 'correctIdentity', { customerId: rossi.id, changes: [{ field: 'lastName', seen: 'Rossi', to: 'Rossini' }], reason: 'Documento visto' }),
    change: { changes: [{ field: 'lastName', from: null, to: 'Rossetti' }], reason: 'Passaporto visto' },
  },
  'customer.settle-conflict': {
    before: async (core, { hub }) => {
      await verify(core)
      const email = inStore(core, (db) => db.prepare('SELECT email FROM customer WHERE id = ?').pluck().get(rossi.id)) as string | null
      hub.put('fieldConflict', { id: 'c-1', customerId: rossi.id, field: 'email', before: null, kept: email, lost: 'altra@example.it', lostBy: null, lostAt: null, keptBy: 'p-9', at: '2026-11-20T08:00:00.000Z', state: 'open', settledBy: null, settledAt: null })
    },
    write: (core) => core.call('customers', 'settleConflict', { customerId: rossi.id, conflictId: 'c-1', choice: 'restore' }),
    change: { choice: 'keep' },
  },
  'person.add': 'administration',
  'person.set-active': 'administration',
  'entry.settle': 'no',
}

async function verify(core: TestCore): Promise<void> {
  expect(await core.call('customers', 'verify', { customerId: rossi.id, answers: [{ check: 'tax_code_end', answer: rossi.taxCode.slice(-4) }, { check: 'birth_day', answer: '1/1/1980' }] })).toMatchObject({ ok: true })
}
const entryOf = (core: TestCore): string => String(inStore(core, (db) => db.prepare(`SELECT entry FROM reading WHERE state = 'pending' AND source = 'desk'`).pluck().get()))
const lastOf = (core: TestCore, kind: string) => inStore(core, (db) => db.prepare('SELECT op_id AS opId, input, state FROM outbox WHERE kind = ? ORDER BY seq DESC').get(kind)) as { opId: string; input: string; state: string }

/** What is written meanwhile is refused by the hub, by its kind. */
async function refused(core: TestCore, hub: HubDouble, kind: string, write: () => Promise<Written>, code = 'internal'): Promise<{ opId: string; input: Fields }> {
  hub.hooks.refuse = (wire) => (wire.kind === kind ? code : null)
  // The line comes back when it is written, and not while.
  hub.hooks.fault = () => 'lost before'
  expect(await write()).toMatchObject({ ok: true })
  hub.hooks.fault = () => null
  for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
  hub.hooks.refuse = () => null
  const { opId, input, state } = lastOf(core, kind)
  expect(state).toBe('refused')
  return { opId, input: JSON.parse(input) as Fields }
}
/** What stands where a field is changed is looked up anew. */
const withoutSeen = (fields: Fields): Fields => (Array.isArray(fields['changes']) ? { ...fields, changes: (fields['changes'] as { field: string; to: string }[]).map(({ field, to }) => ({ field, to })) } : fields)
const note = (core: TestCore, ticketId: string, text = 'Una nota') => () => core.call('tickets', 'note', { ticketId, text })
async function newMail(core: TestCore): Promise<Written> {
  const sheet = await core.call('customers', 'open', { customerId: rossi.id })
  return core.call('customers', 'changeContact', { customerId: rossi.id, changes: [{ field: 'email', seen: sheet.ok ? (sheet.value.email?.text ?? '') : '', to: 'nuova@example.it' }] })
}
async function joined(): Promise<{ core: TestCore; hub: HubDouble; ticketId: string }> {
  const hub = await filled()
  const core = await desk(hub)
  const opened = await core.call('tickets', 'open', ticket('Quello di prima'))
  if (!opened.ok) throw new Error(opened.error.code)
  expect(await exchange(core)).toBe(null)
  return { core, hub, ticketId: opened.value.ticketId }
}

describe('an entry that the hub refused', () => {
  it('has a way to be written again for every kind there is', () => {
    for (const { kind } of allOperations) {
      const given = cases[kind]
      const { correct } = corrections[kind]
      expect(correct, kind).toBe(given === 'administration' || given === 'no' ? given : 'here')
    }
  })

  const testable = Object.entries(cases).filter((entry): entry is [OperationKind, Case] => typeof entry[1] === 'object')
  async function comesBack(core: TestCore, hub: HubDouble, ticketId: string, kind: OperationKind, { before, write, change }: Case): Promise<void> {
    await before?.(core, { ticketId, hub })
    expect(await exchange(core)).toBe(null)
    const { opId, input } = await refused(core, hub, kind, () => write(core, { ticketId }))
    if (kind.startsWith('portal')) await verify(core)
    const shown = await core.call('inbox', 'refused', { opId })
    expect(shown, kind).toMatchObject({ ok: true, value: { opId, kind, reason: 'internal', correct: 'here', decisions: [] } })
    // Nothing of what was typed is missing.
    expect(shown.ok && shown.value.input).toEqual(input)
    const sent = await core.call('inbox', 'correct', { opId, fields: { ...(input as never as Record<string, never>), ...(change as Record<string, never>) } })
    if (!sent.ok) throw new Error(`${kind}: ${sent.error.code}`)
    expect(sent.value.opId).not.toBe(opId)
    expect(JSON.parse(lastOf(core, kind).input)).toMatchObject(withoutSeen({ ...input, ...change }))
    expect(await exchange(core)).toBe(null)
    expect(await core.call('outbox', 'list', { view: 'open' })).toMatchObject({ value: { total: 0 } })
    expect(await core.call('outbox', 'list', { view: 'settled', limit: 1 })).toMatchObject({ value: { rows: [{ opId, state: 'refused', settled: { choice: 'corrected', opId: sent.value.opId, by: 'Anna Prova' } }] } })
    expect(hub.find('decision', { subjectId: opId })).toEqual([expect.objectContaining({ choice: 'corrected', opId: sent.value.opId })])
    expect(await core.call('inbox', 'correct', { opId, fields: {} })).toMatchObject({ error: { code: 'already_settled' } })
  }

  it('comes back with every field, and goes as a new one that names it: a ticket and each of its steps', async () => {
    const { core, hub } = await joined()
    for (const [kind, each] of testable.filter(([name]) => name.startsWith('ticket.'))) {
      const opened = await core.call('tickets', 'open', ticket(`Per ${kind}`))
      if (!opened.ok) throw new Error(opened.error.code)
      await comesBack(core, hub, opened.value.ticketId, kind, each)
    }
  })

  it.each(testable.filter(([kind]) => !kind.startsWith('ticket.')))('%s likewise', async (kind, each) => {
    const { core, hub, ticketId } = await joined()
    await comesBack(core, hub, ticketId, kind, each)
  })

  it('is sealed in the journal as one with what it settles: after a power cut both come back, or neither', async () => {
    const { core, hub, ticketId } = await joined()
    const { opId } = await refused(core, hub, 'ticket.note', note(core, ticketId))
    hub.hooks.fault = () => 'lost before'
    expect(await core.call('inbox', 'correct', { opId, fields: { text: 'Una nota corretta' } })).toMatchObject({ ok: true })
    const bytes = readFileSync(join(core.dataDir, journalFile))
    const operations: number[] = []
    for (let at = 0; at < bytes.length; at += 4 + bytes.readUIntBE(at + 1, 3)) operations.push(Math.max(1, bytes.readUInt8(at)))
    expect(operations.at(-1)).toBe(2)
  })

  it('is left as it is where the correction does not go through either, and what was typed stays', async () => {
    const { core, hub, ticketId } = await joined()
    const { opId, input } = await refused(core, hub, 'ticket.note', note(core, ticketId))
    expect(await core.call('inbox', 'correct', { opId, fields: { text: '   ' } })).toEqual({ ok: false, error: { code: 'field_invalid', details: { field: 'text' } } })
    expect(await core.call('inbox', 'refused', { opId })).toMatchObject({ ok: true, value: { input } })
    expect(await core.call('outbox', 'list', { view: 'refused' })).toMatchObject({ value: { total: 1 } })
    // What it is about is not the writer's to change.
    const sent = await core.call('inbox', 'correct', { opId, fields: { text: 'Una nota', ticketId: 'another' } })
    expect(sent).toMatchObject({ ok: true, value: { ticketId } })
  })

  it('may hang on another one that was refused too: what is written again goes by the new number', async () => {
    const { core, hub } = await joined()
    // Written while the line was down: the hub hears of both at once.
    hub.hooks.fault = () => 'lost before'
    const opened = await core.call('tickets', 'open', ticket('Rifiutato con le sue note'))
    if (!opened.ok) throw new Error(opened.error.code)
    await note(core, opened.value.ticketId, 'La prima nota')()
    hub.hooks.fault = () => null
    const { opId } = await refused(core, hub, 'ticket.open', () => Promise.resolve({ ok: true }))
    const { opId: hanging, state } = lastOf(core, 'ticket.note')
    expect(state).toBe('refused')
    const again = await core.call('inbox', 'correct', { opId, fields: { subject: 'Ora va' } })
    if (!again.ok) throw new Error(again.error.code)
    expect(await core.call('inbox', 'correct', { opId: hanging, fields: {} })).toMatchObject({ ok: true, value: { ticketId: again.value.ticketId } })
    expect(await exchange(core)).toBe(null)
    expect(hub.find('ticketEvent', { ticketId: again.value.ticketId }).map(({ text }) => text)).toContain('La prima nota')
  })

  it('is let go with a reason, and taken back', async () => {
    const { core, hub, ticketId } = await joined()
    const { opId } = await refused(core, hub, 'ticket.note', note(core, ticketId))
    expect(await core.call('hub', 'status', {})).toMatchObject({ value: { refused: 1 } })
    expect(await core.call('inbox', 'letGo', { about: 'refused', opId, reason: 'Gia scritta a mano' })).toMatchObject({ ok: true })
    expect(await core.call('hub', 'status', {})).toMatchObject({ value: { refused: 0 } })
    expect(await core.call('inbox', 'list', {})).toMatchObject({ value: { total: 0 } })
    expect(await core.call('inbox', 'letGo', { about: 'refused', opId, reason: 'Di nuovo' })).toMatchObject({ error: { code: 'already_settled' } })
    expect(await exchange(core)).toBe(null)
    expect(await core.call('outbox', 'list', { view: 'settled' })).toMatchObject({ value: { rows: [{ settled: { choice: 'let_go', reason: 'Gia scritta a mano' } }] } })
    expect(await core.call('inbox', 'takeBack', { about: 'refused', opId })).toMatchObject({ ok: true })
    expect(await core.call('inbox', 'list', {})).toMatchObject({ value: { total: 1, counts: { refused: 1 }, rows: [{ kind: 'refused', what: 'ticket.note', mine: true, mayDecide: true }] } })
  })

  it('does not wait again when its customer leaves this desk, once it was settled; what was not settled stays', async () => {
    const { core, hub, ticketId } = await joined()
    const settled = await refused(core, hub, 'ticket.note', note(core, ticketId))
    expect(await core.call('inbox', 'letGo', { about: 'refused', opId: settled.opId, reason: 'Gia scritta a mano' })).toMatchObject({ ok: true })
    const open = await refused(core, hub, 'ticket.note', note(core, ticketId, 'Questa aspetta'))
    expect(await exchange(core)).toBe(null)
    hub.tell({ table: 'customer', key: [rossi.id], kind: 'delete', row: null })
    for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
    expect(await core.call('outbox', 'list', { view: 'refused' })).toMatchObject({ value: { total: 1, rows: [{ opId: open.opId }] } })
    expect(await core.call('inbox', 'letGo', { about: 'refused', opId: open.opId, reason: 'Il cliente non e piu nostro' })).toMatchObject({ ok: true })
    expect(await core.call('outbox', 'list', { view: 'open' })).toMatchObject({ value: { total: 0 } })
    expect(await core.call('inbox', 'takeBack', { about: 'refused', opId: open.opId })).toMatchObject({ ok: true })
    expect(await core.call('hub', 'status', {})).toMatchObject({ value: { refused: 1 } })
  })

  it('is looked at and decided by who wrote it or a supervisor, and by nobody else', async () => {
    const { core, hub, ticketId } = await joined()
    const { opId } = await refused(core, hub, 'ticket.note', note(core, ticketId))
    hub.put('person', { id: 'p-bruno', username: 'bruno', displayName: 'Bruno Prova', role: 'agent', active: true, createdAt: '2026-01-01T00:00:00.000Z' })
    hub.passwords.set('bruno', { password: testPassword, revision: 1 })
    expect(await exchange(core)).toBe(null)
    const bruno = core.as('bruno')
    expect(await bruno('session', 'signIn', { username: 'bruno', password: testPassword })).toMatchObject({ ok: true })
    const forbidden = { ok: false, error: { code: 'forbidden_decision' } }
    expect(await bruno('inbox', 'refused', { opId })).toEqual(forbidden)
    expect(await bruno('inbox', 'correct', { opId, fields: { text: 'Parole di un altro' } })).toEqual(forbidden)
    expect(await bruno('inbox', 'letGo', { about: 'refused', opId, reason: 'Non serve' })).toEqual(forbidden)
    expect(await bruno('inbox', 'list', {})).toMatchObject({ value: { total: 0 } })
    expect(await core.call('inbox', 'refused', { opId })).toMatchObject({ ok: true, value: { decisions: [] } })
  })

  it('shows no personal values of a customer who has left this desk: nobody can be verified for them', async () => {
    const { core, hub } = await joined()
    await verify(core)
    const { opId } = await refused(core, hub, 'customer.change-contact', () => newMail(core), 'email_invalid')
    hub.tell({ table: 'customer', key: [rossi.id], kind: 'delete', row: null })
    for (let turn = 0; turn < 2; turn++) expect(await exchange(core)).toBe(null)
    const shown = await core.call('inbox', 'refused', { opId })
    expect(shown).toMatchObject({ ok: true, value: { opId, customer: null, input: {}, stands: null, correct: 'no' } })
    expect(JSON.stringify(shown)).not.toContain('nuova@example.it')
    expect(await core.call('inbox', 'correct', { opId, fields: {} })).toMatchObject({ error: { code: 'not_correctable' } })
    expect(await core.call('inbox', 'letGo', { about: 'refused', opId, reason: 'Il cliente non e piu nostro' })).toMatchObject({ ok: true })
  })

  it('shows personal values for a verified caller only', async () => {
    const { core, hub } = await joined()
    await verify(core)
    const { opId } = await refused(core, hub, 'customer.change-contact', () => newMail(core), 'email_invalid')
    await core.call('customers', 'forget', { customerId: rossi.id })
    expect(await core.call('inbox', 'refused', { opId })).toEqual({ ok: false, error: { code: 'not_verified', details: { customerId: rossi.id } } })
    await verify(core)
    expect(await core.call('inbox', 'refused', { opId })).toMatchObject({ ok: true, value: { input: { changes: [{ to: 'nuova@example.it' }] }, stands: { email: expect.anything() as unknown } } })
  })
})

describe('what is not confirmed', () => {
  it('says who wrote it and that it left in an envelope; counts agree', async () => {
    const { core, hub, ticketId } = await joined()
    hub.hooks.fault = () => 'lost before'
    await core.call('tickets', 'note', { ticketId, text: 'In una busta' })
    await core.core.desk.bulkParts().work.local((db) => db.prepare(`UPDATE outbox SET enveloped_at = '2026-11-20T09:05:00.000Z' WHERE state = 'queued'`).run())
    expect(await core.call('outbox', 'list', {})).toMatchObject({ value: { total: 1, rows: [{ kind: 'ticket.note', envelopedAt: '2026-11-20T09:05:00.000Z' }] } })
    const writers = await core.call('outbox', 'writers', { view: 'open' })
    if (!writers.ok) throw new Error('no writers')
    expect(writers.value).toEqual([{ id: expect.any(String) as string, name: 'Anna Prova', count: 1 }])
    expect(await core.call('outbox', 'list', { actor: writers.value[0]?.id ?? '' })).toMatchObject({ value: { total: 1 } })
    expect(await core.call('outbox', 'list', { actor: 'nobody' })).toMatchObject({ value: { total: 0 } })
  })
})
