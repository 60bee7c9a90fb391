import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TestCore } from '../../support/test-core.ts'
import { anna, copyOf, fingerprints, flipBit, leaveDesk, readStatus, reopen, sizeOf, statusOf, subjectsOf } from './damaged-desk.ts'
import type { LeftDesk } from './damaged-desk.ts'

let left: LeftDesk
const opened: TestCore[] = []
const folders: string[] = []
beforeAll(async () => {
  left = await leaveDesk()
})
afterEach(async () => {
  for (const core of opened.splice(0)) await core.core.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
afterAll(() => rmSync(left.dataDir, { recursive: true, force: true }))

const damagedBy = (damage: (dataDir: string) => void): string => {
  const dataDir = copyOf(left.dataDir)
  folders.push(dataDir)
  damage(dataDir)
  return dataDir
}
const start = async (dataDir: string): Promise<TestCore> => {
  const core = await reopen(dataDir)
  opened.push(core)
  return core
}

const damages = [
  ['the first page', 'unreadable', (path: string) => flipBit(path, 100)],
  ['a file of no length', 'empty', (path: string) => truncateSync(path, 0)],
  ['a missing file', 'missing', (path: string) => rmSync(path)],
  ['a file cut in the middle', 'unreadable', (path: string) => truncateSync(path, Math.floor(sizeOf(path) / 2 / 4096) * 4096)],
] as const

describe('a desk whose database is damaged', () => {
  it.each(damages)('says so (%s), shows its copies to who gave a right password, and comes back whole', async (_, found, damage) => {
    const dataDir = damagedBy((folder) => {
      damage(join(folder, 'desk.db'))
      // Not cleanly ended, so that it is read to its end before anything else.
      rmSync(join(folder, 'store-health.json'))
    })
    const core = await start(dataDir)
    const before = fingerprints(dataDir, ['desk.lock', 'attempts.json'])
    expect(await core.call('session', 'signIn', { ...anna, password: 'sbagliata' })).toMatchObject({ error: { code: 'wrong_credentials' } })
    expect(await statusOf(core)).toMatchObject({ state: { kind: 'none' } })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: false, error: { code: 'store_unreadable' } })
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { state: 'signed_out', recovery: 'damaged' } })
    const { state } = await readStatus(core)
    expect(state).toMatchObject({ kind: 'damaged', found, unlocked: true, joined: false, copies: [{ reason: 'daily', state: 'good', customers: 3 }] })
    // Somebody else at another window learns why, and nothing else.
    expect(await core.as('other')('recovery', 'status', {})).toMatchObject({ value: { state: { kind: 'damaged', unlocked: false, copies: [] } } })
    expect(fingerprints(dataDir, ['desk.lock', 'attempts.json', 'desk.db-shm', 'desk.db-wal'])).toEqual(new Map([...before].filter(([name]) => !name.endsWith('-shm') && !name.endsWith('-wal'))))

    const copyId = state.kind === 'damaged' ? (state.copies[0]?.id ?? '') : ''
    expect(await core.as('other')('recovery', 'restore', { copyId })).toMatchObject({ error: { code: 'not_unlocked' } })
    expect(await core.call('recovery', 'restore', { copyId: 'daily-20200101T000000Z.db' })).toMatchObject({ error: { code: 'copy_unusable' } })
    expect(await core.call('recovery', 'restore', { copyId })).toMatchObject({ ok: true, value: { state: { kind: 'none' } } })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true, value: { state: 'signed_in' } })
    expect(await subjectsOf(core)).toEqual(left.subjects)
    const { notes } = await statusOf(core)
    expect(notes).toMatchObject([{ kind: 'restored', copyAt: '2026-11-20T09:00:00.000Z', recovered: 1, missing: 0, withoutEffect: 0 }])
    if (found === 'missing') return
    const aside = readdirSync(dataDir).find((name) => name.startsWith('corrupt-')) ?? ''
    expect(notes[0]?.aside).toBe(aside)
    expect(fingerprints(join(dataDir, aside)).get('desk.db')).toBe(before.get('desk.db'))
  })

  it('brings back the text that was being typed, where the damaged file still shows it', async () => {
    const dataDir = damagedBy((folder) => {
      const health = join(folder, 'store-health.json')
      writeFileSync(health, readFileSync(health, 'utf8').replace('false', 'true'))
      // The last page of the file belongs to the ticket or the index, the draft is elsewhere: whichever page is hit, a right one stays.
      flipBit(join(folder, 'desk.db'), 3 * 4096 + 100)
    })
    const core = await start(dataDir)
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'store_unreadable' } })
    const { state } = await readStatus(core)
    const copyId = state.kind === 'damaged' ? (state.copies[0]?.id ?? '') : ''
    expect(await core.call('recovery', 'restore', { copyId })).toMatchObject({ ok: true })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await core.call('workspace', 'loadDraft', { key: 'nota' })).toMatchObject({ value: { text: 'a metà' } })
    expect(await subjectsOf(core)).toEqual(left.subjects)
  })

  it('with no good copy says so and begins nothing of its own', async () => {
    const dataDir = damagedBy((folder) => {
      flipBit(join(folder, 'desk.db'), 200)
      for (const name of readdirSync(join(folder, 'copies'))) if (name.endsWith('.db')) flipBit(join(folder, 'copies', name), 9 * 4096 + 7)
    })
    const core = await start(dataDir)
    await core.call('session', 'signIn', anna)
    const { state } = await readStatus(core)
    expect(state).toMatchObject({ kind: 'damaged', unlocked: true, copies: [{ state: 'damaged' }], journaled: 4 })
    expect(await core.call('recovery', 'restore', { copyId: state.kind === 'damaged' ? (state.copies[0]?.id ?? '') : '' })).toMatchObject({ error: { code: 'copy_unusable' } })
    expect(await core.call('recovery', 'rebuild', {})).toMatchObject({ error: { code: 'not_joined' } })
    expect(await core.call('session', 'setUp', { username: 'nuova', displayName: 'Nuova', password: 'una password', deskName: 'x' })).toMatchObject({ error: { code: 'already_set_up' } })
    expect(readdirSync(dataDir).some((name) => name.startsWith('corrupt-'))).toBe(false)
  })

  it('without its database and its key slots is no first run', async () => {
    const dataDir = damagedBy((folder) => {
      for (const name of ['desk.db', 'desk.db-wal', 'desk.db-shm', 'keyslots.json', 'keyslots.copy.json']) rmSync(join(folder, name), { force: true })
    })
    const core = await start(dataDir)
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { state: 'signed_out', recovery: 'key_slots' } })
    expect(await core.call('session', 'setUp', { username: 'nuova', displayName: 'Nuova', password: 'una password', deskName: 'x' })).toMatchObject({ error: { code: 'already_set_up' } })
    expect(existsSync(join(dataDir, 'desk.db'))).toBe(false)
  })
})

describe('whatever a desk leaves beside its database', () => {
  it.each(['outbox-journal.bin', 'store-health.json', 'copies', 'corrupt-20261120T110000Z', 'desk.db.rebuilt'])('alone (%s) keeps a first run from beginning over it', async (kept) => {
    const dataDir = damagedBy((folder) => {
      mkdirSync(join(folder, 'corrupt-20261120T110000Z'))
      writeFileSync(join(folder, 'desk.db.rebuilt'), '')
      for (const name of readdirSync(folder)) if (name !== kept) rmSync(join(folder, name), { recursive: true })
    })
    const core = await start(dataDir)
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { state: 'signed_out', recovery: 'key_slots' } })
    expect(await core.call('session', 'setUp', { username: 'nuova', displayName: 'Nuova', password: 'una password', deskName: 'x' })).toMatchObject({ error: { code: 'already_set_up' } })
    expect(existsSync(join(dataDir, kept))).toBe(true)
  })
})

describe('setting aside', () => {
  it('takes the log along, also one that was left alone beside a missing file', async () => {
    const dataDir = damagedBy((folder) => {
      rmSync(join(folder, 'desk.db'))
      writeFileSync(join(folder, 'desk.db-wal'), 'left over')
    })
    const core = await start(dataDir)
    await core.call('session', 'signIn', anna)
    const { state } = await readStatus(core)
    expect(await core.call('recovery', 'restore', { copyId: state.kind === 'damaged' ? (state.copies[0]?.id ?? '') : '' })).toMatchObject({ ok: true })
    const aside = readdirSync(dataDir).find((name) => name.startsWith('corrupt-')) ?? ''
    expect(readFileSync(join(dataDir, aside, 'desk.db-wal'), 'utf8')).toBe('left over')
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await subjectsOf(core)).toEqual(left.subjects)
  })

  it('that was cut short goes on: what was set aside is read again, and the trace says who asked for it', async () => {
    const dataDir = damagedBy((folder) => {
      const health = join(folder, 'store-health.json')
      writeFileSync(health, readFileSync(health, 'utf8').replace('false', 'true'))
      flipBit(join(folder, 'desk.db'), 3 * 4096 + 100)
      // The process ended between setting aside and putting in place.
      mkdirSync(join(folder, 'corrupt-20261120T110000Z.moving'))
      renameSync(join(folder, 'desk.db'), join(folder, 'corrupt-20261120T110000Z.moving', 'desk.db'))
    })
    const core = await start(dataDir)
    await core.call('session', 'signIn', anna)
    const { state } = await readStatus(core)
    expect(state).toMatchObject({ kind: 'damaged', found: 'missing' })
    expect(await core.call('recovery', 'restore', { copyId: state.kind === 'damaged' ? (state.copies[0]?.id ?? '') : '' })).toMatchObject({ ok: true })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await core.call('workspace', 'loadDraft', { key: 'nota' })).toMatchObject({ value: { text: 'a metà' } })
    expect(await subjectsOf(core)).toEqual(left.subjects)
    const traces = await core.core.desk.bulkParts().work.local((db) => db.prepare(`SELECT actor, details FROM audit WHERE kind = 'administered' ORDER BY seq DESC LIMIT 1`).get())
    expect(traces).toMatchObject({ actor: '00000000-0000-7000-8000-000000000001', details: '{"missing":0,"operation":"recovery","recovered":1}' })
  })

  it('that cannot be done changes nothing', async () => {
    const dataDir = damagedBy((folder) => flipBit(join(folder, 'desk.db'), 100))
    // Where the copy would be put on its way there is a folder that is not empty.
    mkdirSync(join(dataDir, 'desk.db.rebuilt', 'x'), { recursive: true })
    const core = await start(dataDir)
    await core.call('session', 'signIn', anna)
    const { state } = await readStatus(core)
    const copyId = state.kind === 'damaged' ? (state.copies[0]?.id ?? '') : ''
    expect(await core.call('recovery', 'restore', { copyId })).toMatchObject({ ok: false })
    expect((await readStatus(core)).state).toMatchObject({ kind: 'damaged', unlocked: true })
    rmSync(join(dataDir, 'desk.db.rebuilt'), { recursive: true })
    expect(await core.call('recovery', 'restore', { copyId })).toMatchObject({ ok: true })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await subjectsOf(core)).toEqual(left.subjects)
  })
})
