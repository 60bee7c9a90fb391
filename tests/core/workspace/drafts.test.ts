/** Texts that are being typed: whatever becomes of the desk, the person, the ticket or the customer, they come back to whoever typed them, or it is said that they went. */
import { cpSync, existsSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { draftFileName, readDraftFile, writeDraftFile } from '../../../electron/core/workspace/draft-file.ts'
import { doublePorts, exchange, inStore, joinedDesk } from '../../support/hub-desk.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { furlan, loadMasterData, rossi, waterMeter, waterPoint } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { anna, copyOf, flipBit, reopen, sizeOf } from '../recovery/damaged-desk.ts'
import { desk as hubDesk, filled, kept, ticket } from '../sync/desks.ts'

const opened: TestCore[] = []
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
const tracked = <T extends TestCore>(core: T): T => {
  opened.push(core)
  return core
}
const desk = async () => tracked(await createTestCore({ load: loadMasterData }))
const textOf = async (core: Pick<TestCore, 'call'>, key: string): Promise<string | null> => {
  const reply = await core.call('workspace', 'loadDraft', { key })
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value?.text ?? null
}
const write = async (core: TestCore, key: string, text: string) => expect(await core.call('workspace', 'saveDraft', { key, text })).toMatchObject({ ok: true })
const unfinished = async (core: TestCore) => {
  const reply = await core.call('workspace', 'drafts', {})
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value
}
const sealedOf = (core: TestCore) => readDraftFile(core.dataDir, core.core.desk.bulkParts().key)

const logDamages: readonly (readonly [string, (path: string) => void])[] = [
  ['gone', (path) => rmSync(path)],
  ['of no length', (path) => truncateSync(path, 0)],
  ['cut in the middle', (path) => truncateSync(path, Math.floor(sizeOf(path) / 2))],
  ['flipped in the middle', (path) => flipBit(path, Math.floor(sizeOf(path) / 2))],
]

describe('a text that is being typed', () => {
  it.each(logDamages)('comes back after a power cut that leaves the log of the database %s, and what was dropped does not', async (_, damage) => {
    const core = await desk()
    await write(core, 'ticket.new:etra:1', 'già aperta')
    await write(core, 'contact:etra:1', 'prima stesura')
    core.core.desk.bulkParts().deskWriter.pragma('wal_checkpoint(TRUNCATE)')
    core.clock.advance(60_000)
    await write(core, 'ticket.new:etra:1', '')
    await write(core, 'contact:etra:1', 'seconda stesura')
    await write(core, 'ticket:etra:9:answer', 'Gentile cliente')
    const dataDir = copyOf(core.dataDir)
    damage(join(dataDir, 'desk.db-wal'))
    const after = tracked(await reopen(dataDir))
    expect(await after.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await textOf(after, 'contact:etra:1')).toBe('seconda stesura')
    expect(await textOf(after, 'ticket:etra:9:answer')).toBe('Gentile cliente')
    expect(await textOf(after, 'ticket.new:etra:1')).toBeNull()
  })

  it('comes back after a lock, and after a restart, to whoever typed it and to nobody else', async () => {
    const core = await desk()
    await core.call('people', 'add', { username: 'bruno', displayName: 'Bruno Prova', role: 'agent', password: testPassword })
    await write(core, `ticket.new:${rossi.id}`, 'perdita in strada')
    await core.call('session', 'signOut', {})
    expect(await core.call('workspace', 'loadDraft', { key: `ticket.new:${rossi.id}` })).toMatchObject({ error: { code: 'not_signed_in' } })
    await core.call('session', 'signIn', { username: 'bruno', password: testPassword })
    expect(await textOf(core, `ticket.new:${rossi.id}`)).toBeNull()
    expect((await unfinished(core)).drafts).toEqual([])
    await write(core, `ticket.new:${rossi.id}`, 'altro')
    await core.call('session', 'signOut', {})
    const after = tracked(await core.restart())
    expect(await textOf(after, `ticket.new:${rossi.id}`)).toBe('perdita in strada')
    expect((await unfinished(after)).drafts).toEqual([{ key: `ticket.new:${rossi.id}`, savedAt: '2026-11-20T09:00:00.000Z', target: { kind: 'customer', id: rossi.id, title: 'Rossi Mario', look: 'person', supplyPointId: null } }])
  })

  it('is not lost to a file of texts that is damaged or gone: the database has it, and the file is made anew', async () => {
    const core = await desk()
    await write(core, 'ticket:etra:9:note', 'ha richiamato')
    for (const damage of [(path: string) => flipBit(path, 9), (path: string) => rmSync(path), (path: string) => truncateSync(path, 3)]) {
      const dataDir = copyOf(core.dataDir)
      damage(join(dataDir, draftFileName))
      const after = tracked(await reopen(dataDir))
      expect(await after.call('session', 'signIn', anna)).toMatchObject({ ok: true })
      expect(await textOf(after, 'ticket:etra:9:note')).toBe('ha richiamato')
      expect(sealedOf(after)).toMatchObject({ drafts: [{ text: 'ha richiamato' }] })
    }
  })

  it('is listed with what it is about, also where ids hold colons', async () => {
    const core = await desk()
    const made = await core.call('tickets', 'open', ticket('perdita'))
    if (!made.ok) throw new Error(made.error.code)
    const about: readonly (readonly [string, string | null])[] = [
      [`ticket:${made.value.ticketId}:answer`, made.value.ticketId], [`settle:${rossi.id}:${waterMeter}:2026-11-20`, rossi.id], [`reading:${waterPoint}`, rossi.id], ['person:new', null], ['ticket:gone:note', null],
    ]
    for (const [key] of about) await write(core, key, 'x')
    const listed = (await unfinished(core)).drafts
    expect(new Map(listed.map(({ key, target }) => [key, target?.id ?? null]))).toEqual(new Map(about))
    expect(listed.find(({ key }) => key.startsWith('reading'))?.target).toMatchObject({ kind: 'customer', supplyPointId: waterPoint })
  })

  it('is in the clear nowhere beside the database', async () => {
    const core = await desk()
    await write(core, 'contact:etra:1', rossi.taxCode)
    const file = readFileSync(join(core.dataDir, draftFileName), 'latin1')
    for (const value of [rossi.taxCode, 'contact']) {
      expect(file).not.toContain(value)
      expect(Buffer.from(file, 'base64').toString('latin1')).not.toContain(value)
    }
  })

  it('does not come back from an older copy of the database once it was sent', async () => {
    const core = await desk()
    await write(core, 'ticket.new:etra:1', 'perdita')
    const older = copyOf(core.dataDir)
    core.clock.advance(1_000)
    await write(core, 'ticket.new:etra:1', '')
    await write(core, 'ticket.new:etra:2', 'altra')
    // As a copy of the database that was put back, beside the file of today.
    await core.core.close()
    const after = copyOf(older)
    cpSync(join(core.dataDir, draftFileName), join(after, draftFileName))
    const again = tracked(await reopen(after))
    expect(await again.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect((await unfinished(again)).drafts.map(({ key }) => key)).toEqual(['ticket.new:etra:2'])
  })
})

describe('a text about a record that changes behind it', () => {
  it('stays with the ticket when the hub has given it its number, and when a colleague has taken it and closed it', async () => {
    const hub = await filled()
    const core = await hubDesk(hub)
    const colleague = await hubDesk(hub, 2)
    const made = await core.call('tickets', 'open', ticket('perdita'))
    if (!made.ok) throw new Error(made.error.code)
    const { ticketId, code } = made.value
    await write(core, `ticket:${ticketId}:answer`, 'Gentile cliente, il tecnico')
    await write(core, `ticket.new:${rossi.id}`, 'seconda')
    expect(await exchange(core)).toBe(null)
    hub.put('ticket', { ...hub.find('ticket', { id: ticketId })[0], number: '2026/000123' })
    expect(await exchange(core)).toBe(null)
    expect(inStore(core, (db) => db.prepare('SELECT code, number FROM ticket WHERE id = ?').get(ticketId))).toEqual({ code, number: '2026/000123' })
    expect(await exchange(colleague)).toBe(null)
    expect(await colleague.call('tickets', 'take', { ticketId })).toMatchObject({ ok: true })
    expect(await colleague.call('tickets', 'close', { ticketId })).toMatchObject({ ok: true })
    expect(await exchange(colleague)).toBe(null)
    expect(await exchange(core)).toBe(null)
    expect(await core.call('tickets', 'get', { ticketId })).toMatchObject({ ok: true, value: { state: 'closed' } })
    expect(await textOf(core, `ticket:${ticketId}:answer`)).toBe('Gentile cliente, il tecnico')
    expect((await unfinished(core)).drafts.map(({ key }) => key).toSorted()).toEqual([`ticket.new:${rossi.id}`, `ticket:${ticketId}:answer`].toSorted())
  })

  it('follows its person when the hub knows them under another id, also over a power cut', async () => {
    const hub = await filled()
    hub.put('person', { id: 'hub-anna', username: 'anna', displayName: 'Anna Prova', role: 'agent', active: true, createdAt: '2026-01-01T09:00:00.000Z' })
    const core = kept(await joinedDesk(hub, { deskNumber: 1, before: (alone) => write(alone, 'ticket.new:etra:1', 'da sola') }))
    expect(await textOf(core, 'ticket.new:etra:1')).toBe('da sola')
    // The file was written under the id of before.
    const file = sealedOf(core)
    expect(JSON.stringify(file)).not.toContain('hub-anna')
    const dataDir = copyOf(core.dataDir)
    const after = tracked(await reopen(dataDir, { hub: doublePorts(hub) }))
    expect(await after.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await textOf(after, 'ticket.new:etra:1')).toBe('da sola')
    expect((await unfinished(after)).drafts).toHaveLength(1)
    expect(JSON.stringify(sealedOf(after))).toContain('hub-anna')
  })

  it('goes with a customer who leaves this desk, out of the file too, and whoever typed it is told what went and when it was typed', async () => {
    const hub = await filled()
    const core = await hubDesk(hub)
    await write(core, `ticket.new:${furlan.id}`, 'di Furlan')
    await write(core, `ticket.new:${rossi.id}`, 'di Rossi')
    const before = sealedOf(core)
    hub.tell({ table: 'customer', key: [furlan.id], kind: 'delete', row: null }, ['T1'])
    expect(await exchange(core)).toBe(null)
    expect(await textOf(core, `ticket.new:${furlan.id}`)).toBeNull()
    expect(sealedOf(core)).toMatchObject({ drafts: [{ text: 'di Rossi' }] })
    expect((await unfinished(core)).removed).toEqual([{ form: 'ticket.new', savedAt: '2026-11-20T09:00:00.000Z' }])
    expect(JSON.stringify(inStore(core, (db) => db.prepare(`SELECT value FROM sync_state WHERE key LIKE 'drafts%'`).all()))).not.toContain(furlan.id)
    expect(await core.call('workspace', 'forgetRemoved', {})).toMatchObject({ ok: true })
    expect((await unfinished(core)).removed).toEqual([])
    // Killed after the rows went and before the file did: what the file still held does not come back.
    const { key } = core.core.desk.bulkParts()
    await core.core.desk.bulkParts().work.local((db) => db.prepare(`INSERT INTO sync_state (key, value) VALUES ('draftsPurged', 'true')`).run())
    if (before === null || before === 'damaged') throw new Error('there was no file')
    writeDraftFile(core.dataDir, key, before)
    const dataDir = copyOf(core.dataDir)
    const after = tracked(await reopen(dataDir))
    await after.call('session', 'signIn', anna)
    expect((await unfinished(after)).drafts.map((one) => one.key)).toEqual([`ticket.new:${rossi.id}`])
    expect(existsSync(join(dataDir, `${draftFileName}.damaged`))).toBe(false)
  })
})
