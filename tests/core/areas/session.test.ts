import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { CallerCheck } from '../../../shared/domain/caller-check.ts'
import { verifyAudit } from '../../../electron/core/audit/audit-log.ts'
import { loadMasterData, rossi } from '../../support/master-data.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
const desk = async (options: Parameters<typeof createTestCore>[0] = {}) => {
  const core = await createTestCore(options)
  opened.push(core)
  return core
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
const signIn = (core: TestCore, username: string, password: string, client = 'test') => core.as(client)('session', 'signIn', { username, password })
const auditOf = (core: TestCore) => core.core.desk.bulkParts().work.local((db) => db.prepare('SELECT kind, actor, subject, details FROM audit ORDER BY seq').all() as { kind: string; actor: string; subject: string | null; details: string }[])

describe('signing in', () => {
  it('starts with the set-up, once', async () => {
    const core = await desk({ signIn: false })
    expect(await core.call('session', 'status', {})).toMatchObject({ ok: true, value: { state: 'setup' } })
    const founder = { username: 'Anna', displayName: 'Anna Prova', password: testPassword, deskName: 'Trieste 4' }
    expect(await core.call('session', 'setUp', founder)).toMatchObject({ ok: true, value: { state: 'signed_in', deskName: 'Trieste 4', person: { displayName: 'Anna Prova', role: 'administrator' } } })
    expect(await core.call('session', 'setUp', founder)).toMatchObject({ ok: false, error: { code: 'already_set_up' } })
  })

  it('starts over when the set-up was cut short before anybody had a key', async () => {
    const core = await desk({ signIn: false })
    writeFileSync(join(core.dataDir, 'setup.unfinished'), '')
    writeFileSync(join(core.dataDir, 'desk.db'), randomBytes(8192))
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { state: 'setup' } })
    expect(await core.call('session', 'setUp', { username: 'anna', displayName: 'Anna', password: testPassword, deskName: 'x' })).toMatchObject({ ok: true })
  })

  it('takes name and password, in any case of the name, and says no more than "wrong" otherwise', async () => {
    const core = await desk()
    await core.call('session', 'signOut', {})
    expect(await signIn(core, 'anna', 'wrong')).toEqual({ ok: false, error: { code: 'wrong_credentials' } })
    expect(await signIn(core, 'nobody', testPassword)).toEqual({ ok: false, error: { code: 'wrong_credentials' } })
    expect(await signIn(core, ' ANNA ', testPassword)).toMatchObject({ ok: true, value: { person: { username: 'anna' } } })
  })

  it('slows down after three wrong tries, also over a restart, and forgets them after a right one', async () => {
    const core = await desk()
    await core.call('session', 'signOut', {})
    for (let i = 0; i < 4; i++) expect(await signIn(core, 'anna', 'wrong')).toMatchObject({ error: { code: 'wrong_credentials' } })
    expect(await signIn(core, 'anna', testPassword)).toMatchObject({ error: { code: 'too_many_attempts', details: { seconds: 1 } } })
    await core.core.close()
    const again = await desk({ dataDir: core.dataDir, signIn: false })
    opened.splice(opened.indexOf(core), 1)
    expect(await signIn(again, 'anna', testPassword)).toMatchObject({ error: { code: 'too_many_attempts' } })
    again.clock.advance(1000)
    expect(await signIn(again, 'anna', testPassword)).toMatchObject({ ok: true })
    const entries = await auditOf(again)
    expect(entries.at(-1)).toMatchObject({ kind: 'signed_in', details: '{"failedBefore":4}' })
  })

  it('reads the second copy of the key slots when the first is damaged, and refuses without deleting when both are', async () => {
    const core = await desk()
    await core.call('session', 'signOut', {})
    writeFileSync(join(core.dataDir, 'keyslots.json'), '{')
    expect(await signIn(core, 'anna', testPassword)).toMatchObject({ ok: true })
    await core.call('session', 'signOut', {})
    // The first was made anew from the second, and what was damaged is kept.
    expect(readdirSync(core.dataDir)).toContain('keyslots.json.damaged-1')
    writeFileSync(join(core.dataDir, 'keyslots.copy.json'), '')
    expect(await signIn(core, 'anna', testPassword)).toMatchObject({ ok: true })
    await core.call('session', 'signOut', {})
    for (const name of ['keyslots.json', 'keyslots.copy.json']) writeFileSync(join(core.dataDir, name), '')
    expect(await signIn(core, 'anna', testPassword)).toMatchObject({ error: { code: 'store_unreadable' } })
    rmSync(join(core.dataDir, 'keyslots.json'))
    rmSync(join(core.dataDir, 'keyslots.copy.json'))
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { state: 'signed_out', recovery: 'key_slots' } })
    expect(readdirSync(core.dataDir)).toContain('desk.db')
  })

  it('lets an administrator add people and switch them off; the last administrator stays', async () => {
    const core = await desk()
    const added = await core.call('people', 'add', { username: 'Bruno', displayName: 'Bruno Prova', role: 'agent', password: 'altra password' })
    if (!added.ok) throw new Error(added.error.code)
    expect(await core.call('people', 'add', { username: 'bruno', displayName: 'B', role: 'agent', password: 'altra password' })).toMatchObject({ error: { code: 'invalid_input' } })
    expect(await core.call('people', 'add', { username: 'bruno', displayName: 'Altro', role: 'agent', password: 'altra password' })).toMatchObject({ error: { code: 'username_taken' } })
    expect(await signIn(core, 'bruno', 'altra password', 'second')).toMatchObject({ ok: true })
    expect(await core.as('second')('people', 'list', {})).toMatchObject({ error: { code: 'forbidden' } })
    expect(await core.call('people', 'setActive', { personId: added.value.id, active: false })).toMatchObject({ ok: true, value: { active: false } })
    expect(await core.as('second')('outbox', 'status', {})).toMatchObject({ error: { code: 'not_signed_in' } })
    expect(await signIn(core, 'bruno', 'altra password', 'second')).toMatchObject({ error: { code: 'person_disabled' } })
    const people = await core.call('people', 'list', {})
    const anna = people.ok ? people.value.find((person) => person.username === 'anna') : undefined
    expect(await core.call('people', 'setActive', { personId: anna?.id ?? '', active: false })).toMatchObject({ error: { code: 'last_administrator' } })
  })
})

describe('adding a person', () => {
  it('is finished by adding again when the desk died before the password was kept', async () => {
    const core = await desk()
    const bruno = { username: 'bruno', displayName: 'Bruno Prova', role: 'agent', password: 'altra password' } as const
    const added = await core.call('people', 'add', bruno)
    core.core.desk.keySlots.remove(added.ok ? added.value.id : '')
    expect(await core.call('people', 'add', bruno)).toMatchObject({ ok: true, value: { displayName: 'Bruno Prova' } })
    expect(await signIn(core, 'bruno', 'altra password', 'second')).toMatchObject({ ok: true })
  })
})

describe('traces', () => {
  it('are left for sign-in, search, opening, reveal, export, write and sign-out, chained, without a personal value', async () => {
    const core = await desk({ load: loadMasterData })
    const customerId = rossi.id
    await core.call('lookup', 'count', { text: 'Rossi Mario' })
    await core.call('customers', 'open', { customerId })
    await core.call('customers', 'verify', { customerId, answers: [{ check: 'tax_code_end', answer: '501u' }, { check: 'birth_day', answer: '01/01/1980' }] })
    await core.call('customers', 'exportTable', { customerId, table: 'invoices', language: 'it' })
    await core.call('tickets', 'open', { customerId, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject: 'Domanda di Rossi' })
    await core.call('session', 'signOut', {})
    await signIn(core, 'anna', testPassword)
    const entries = await auditOf(core)
    expect(entries.map((entry) => entry.kind)).toEqual(['administered', 'set_up', 'searched', 'opened_customer', 'verified_caller', 'exported', 'wrote', 'signed_out', 'signed_in'])
    expect(entries.find((entry) => entry.kind === 'verified_caller')).toMatchObject({ subject: customerId, details: '{"checks":["tax_code_end","birth_day"]}' })
    for (const value of ['Rossi', 'Mario', rossi.taxCode, '338', 'Battisti']) expect(JSON.stringify(entries)).not.toContain(value)
  })

  it('name the first entry that somebody altered or took out', async () => {
    const core = await desk({ load: loadMasterData })
    for (let i = 0; i < 5; i++) await core.call('customers', 'open', { customerId: rossi.id })
    await core.core.desk.bulkParts().work.local((db) => {
      expect(verifyAudit(db)).toEqual({ entries: 7, firstBad: null })
      db.prepare('DROP TRIGGER audit_no_update').run()
      db.prepare('DROP TRIGGER audit_no_delete').run()
      db.prepare(`UPDATE audit SET actor = 'altri' WHERE seq = 5`).run()
      expect(verifyAudit(db).firstBad).toBe(5)
      db.prepare('DELETE FROM audit WHERE seq = 3').run()
      expect(verifyAudit(db).firstBad).toBe(4)
    })
  })

  it('come before the data: when they cannot be written, nothing is shown', async () => {
    const core = await desk({ load: loadMasterData })
    await core.core.desk.bulkParts().work.local((db) => db.prepare(`CREATE TRIGGER audit_full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END`).run())
    const reply = await core.call('customers', 'open', { customerId: rossi.id })
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(reply)).not.toContain('Rossi')
  })
})

describe('the mask', () => {
  it('covers personal data until two checks were passed, in this session only', async () => {
    const core = await desk({ load: loadMasterData })
    const before = await core.call('customers', 'open', { customerId: rossi.id })
    expect(before).toMatchObject({ ok: true, value: { name: 'Rossi Mario', taxCode: { masked: true, text: 'RSS•••••••••••••' }, mobile: { masked: true }, email: { masked: true }, birthDay: { text: '1980, ••••••' }, address: { masked: true } } })
    expect(JSON.stringify(before)).not.toContain(rossi.taxCode)
    const verify = (...answers: [CallerCheck, string][]) => core.call('customers', 'verify', { customerId: rossi.id, answers: answers.map(([check, answer]) => ({ check, answer })) })
    expect(await verify(['birth_day', '1/1/1980'])).toMatchObject({ error: { code: 'too_few_checks' } })
    expect(await verify(['birth_day', '1/1/1980'], ['birth_day', '1/1/1980'])).toMatchObject({ error: { code: 'too_few_checks' } })
    expect(await verify(['birth_day', '1/1/1981'], ['tax_code_end', '501U'])).toEqual({ ok: false, error: { code: 'check_failed', details: { failed: [{ check: 'birth_day' }] } } })
    expect(await core.call('customers', 'exportTable', { customerId: rossi.id, table: 'invoices', language: 'it' })).toMatchObject({ error: { code: 'not_verified' } })
    expect(await verify(['birth_day', '1/1/1980'], ['supply_address', 'via battisti 14'])).toMatchObject({ ok: true, value: { taxCode: { text: rossi.taxCode, masked: false }, birthDay: { text: '01/01/1980' } } })
    await signIn(core, 'anna', testPassword, 'second')
    expect(await core.as('second')('customers', 'open', { customerId: rossi.id })).toMatchObject({ value: { taxCode: { masked: true } } })
    await core.call('customers', 'forget', { customerId: rossi.id })
    expect(await core.call('customers', 'open', { customerId: rossi.id })).toMatchObject({ value: { taxCode: { masked: true }, verification: null } })
  })
})

describe('guessing answers', () => {
  it('ends after six wrong ones, and leaves a trace without them', async () => {
    const core = await desk({ load: loadMasterData })
    const guess = () => core.call('customers', 'verify', { customerId: rossi.id, answers: [{ check: 'tax_code_end', answer: '999Z' }, { check: 'birth_day', answer: '2/2/1982' }] })
    for (let i = 0; i < 3; i++) expect(await guess()).toMatchObject({ error: { code: 'check_failed' } })
    expect(await guess()).toMatchObject({ error: { code: 'too_many_tries' } })
    const entries = (await auditOf(core)).filter((entry) => entry.kind === 'caller_not_verified')
    expect(entries).toHaveLength(3)
    expect(JSON.stringify(entries)).not.toMatch(/999Z|1982/)
  })
})

describe('no log', () => {
  it('ever holds a personal value', async () => {
    const core = await desk({ load: loadMasterData })
    await core.call('customers', 'open', { customerId: rossi.id })
    await core.call('workspace', 'saveDraft', { key: 'note', text: rossi.taxCode })
    for (const name of readdirSync(core.dataDir)) expect(readFileSync(join(core.dataDir, name)).includes(rossi.taxCode), name).toBe(false)
  })
})
