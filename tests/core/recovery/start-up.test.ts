import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openRaw } from '../../../electron/core/store/cipher.ts'
import { newestVersion } from '../../../electron/core/store/migrations/list.ts'
import { readHealth } from '../../../electron/core/store/health.ts'
import { archivedJournals, listCopies } from '../../../electron/core/store/copies.ts'
import { startStore } from '../../../electron/core/store/start-up.ts'
import { silentLog, systemClock } from '../../../electron/core/ports.ts'
import { inStore } from '../../support/hub-desk.ts'
import { loadMasterData } from '../../support/master-data.ts'
import { asThePreviousVersionLeftIt } from '../../support/store-version.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { anna, copyOf, fingerprints, flipBit, leaveDesk, readStatus, reopen, statusOf, subjectsOf, ticket } from './damaged-desk.ts'

const opened: TestCore[] = []
const folders: string[] = []
const keep = <C extends TestCore>(core: C): C => {
  opened.push(core)
  folders.push(core.dataDir)
  return core
}
afterEach(async () => {
  vi.restoreAllMocks()
  for (const core of opened.splice(0)) await core.core.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** The key of a desk, as its first person has it. */
function keyOf(core: TestCore): Uint8Array {
  return core.core.desk.bulkParts().key
}

describe('a start', () => {
  it('reads nothing of the database before a password has opened a key slot', async () => {
    const { dataDir } = await leaveDesk()
    folders.push(dataDir)
    rmSync(join(dataDir, 'desk.db'))
    const core = keep(await reopen(dataDir))
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { state: 'signed_out' } })
    expect(await core.call('session', 'signIn', { ...anna, password: 'altra' })).toMatchObject({ error: { code: 'wrong_credentials' } })
    expect(existsSync(join(dataDir, 'desk.db'))).toBe(false)
  })

  it('with key slots of another desk says that they are not this one’s, and touches nothing', async () => {
    const mine = await leaveDesk()
    const other = await leaveDesk()
    folders.push(mine.dataDir, other.dataDir)
    // The check value of the one, the slots of the other: as after a restore of half a folder.
    for (const name of ['keyslots.json', 'keyslots.copy.json']) {
      const own = JSON.parse(readFileSync(join(mine.dataDir, name), 'utf8')) as { keyCheck: string }
      writeFileSync(join(mine.dataDir, name), JSON.stringify({ ...(JSON.parse(readFileSync(join(other.dataDir, name), 'utf8')) as object), keyCheck: own.keyCheck, sum: undefined }))
    }
    const before = fingerprints(mine.dataDir, ['desk.lock', 'attempts.json'])
    const core = keep(await reopen(mine.dataDir))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'store_unreadable' } })
    expect(await statusOf(core)).toMatchObject({ state: { kind: 'key_slots', found: 'mismatch', joined: false } })
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { recovery: 'key_slots' } })
    expect(fingerprints(mine.dataDir, ['desk.lock', 'attempts.json'])).toEqual(before)
    expect(await core.call('recovery', 'tryAgain', {})).toMatchObject({ value: { state: { kind: 'none' } } })
  })

  it('with the database of another desk says that it cannot be read, and offers the copies of this one', async () => {
    const mine = await leaveDesk()
    const other = await leaveDesk()
    folders.push(mine.dataDir, other.dataDir)
    copyFileSync(join(other.dataDir, 'desk.db'), join(mine.dataDir, 'desk.db'))
    const core = keep(await reopen(mine.dataDir))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'store_unreadable' } })
    await vi.waitFor(async () => expect(await statusOf(core)).toMatchObject({ state: { kind: 'damaged', found: 'unreadable', copies: [{ state: 'good' }] } }))
  })

  it('before a database of a newer version stops, says which, and leaves the file byte for byte', async () => {
    const first = await createTestCore()
    const key = keyOf(first)
    await first.core.close()
    const db = openRaw(join(first.dataDir, 'desk.db'), key, 'write')
    db.pragma(`user_version = ${newestVersion + 2}`)
    // With its log still full, as the newer version may have left it: folding that together would be writing.
    const dataDir = copyOf(first.dataDir)
    folders.push(first.dataDir)
    db.close()
    const core = keep(await reopen(dataDir))
    const before = fingerprints(dataDir, ['attempts.json', 'desk.db-shm'])
    expect(before.has('desk.db-wal')).toBe(true)
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'store_from_future' } })
    expect(await statusOf(core)).toMatchObject({ state: { kind: 'from_future', version: newestVersion + 2, known: newestVersion } })
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { recovery: 'from_future' } })
    expect(fingerprints(dataDir, ['attempts.json', 'desk.db-shm'])).toEqual(before)
  })

  it('after an end that was not clean reads the database to its end before anybody comes in, and not after a clean one', async () => {
    const { dataDir } = await leaveDesk()
    folders.push(dataDir)
    // A page in use that nobody reads at a sign-in: the last one.
    const clean = copyOf(dataDir)
    const unclean = copyOf(dataDir)
    folders.push(clean, unclean)
    const last = (folder: string) => Math.floor(readFileSync(join(folder, 'desk.db')).length / 4096 - 1) * 4096 + 50
    for (const folder of [clean, unclean]) flipBit(join(folder, 'desk.db'), last(folder))
    writeFileSync(join(unclean, 'store-health.json'), readFileSync(join(unclean, 'store-health.json'), 'utf8').replace('"clean"', '"open"'))
    const careful = keep(await reopen(unclean))
    expect(await careful.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'store_unreadable' } })
    const quick = keep(await reopen(clean))
    expect(readHealth(clean)?.exit).toBe('clean')
    expect(await quick.call('session', 'signIn', anna)).toMatchObject({ ok: true })
  })

  it('marks the end as not clean while it works, and as clean when it has closed', async () => {
    const core = keep(await createTestCore({ load: loadMasterData }))
    expect(readHealth(core.dataDir)).toMatchObject({ exit: 'open', doubtful: false })
    await core.call('tickets', 'open', ticket('uno'))
    await core.call('session', 'signOut', {})
    expect(readHealth(core.dataDir)).toMatchObject({ exit: 'clean', lastSeq: 2 })
    expect(existsSync(join(core.dataDir, 'desk.db-wal'))).toBe(false)
  })

  it('that fails at a migration leaves the journal and the mark alone', async () => {
    const { dataDir } = await leaveDesk()
    folders.push(dataDir)
    const health = readFileSync(join(dataDir, 'store-health.json'), 'utf8')
    await expect(startStore({ dataDir, path: join(dataDir, 'desk.db'), key: new Uint8Array(32), clock: systemClock, log: silentLog })).rejects.toThrow('cannot be read')
    expect(readFileSync(join(dataDir, 'store-health.json'), 'utf8')).toBe(health)
  })
})

describe('a database of an older version that is damaged', () => {
  it('is found by the copy before the migration, is not changed by it, and is offered its copies', async () => {
    const { dataDir, subjects } = await leaveDesk()
    folders.push(dataDir)
    await asThePreviousVersionLeftIt(dataDir, anna)
    const pages = readFileSync(join(dataDir, 'desk.db')).length / 4096
    for (let page = 30; page < pages; page += 7) flipBit(join(dataDir, 'desk.db'), page * 4096 + 300)
    const before = fingerprints(dataDir, ['attempts.json', 'desk.db-shm', 'desk.db-wal'])
    expect(readHealth(dataDir)?.exit).toBe('clean')
    const core = keep(await reopen(dataDir))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'store_unreadable' } })
    expect(fingerprints(dataDir, ['attempts.json', 'desk.db-shm', 'desk.db-wal']).get('desk.db')).toBe(before.get('desk.db'))
    const { state } = await readStatus(core)
    expect(state).toMatchObject({ kind: 'damaged' })
    const daily = state.kind === 'damaged' ? state.copies.find(({ reason }) => reason === 'daily') : undefined
    expect(await core.call('recovery', 'restore', { copyId: daily?.id ?? '' })).toMatchObject({ ok: true })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await subjectsOf(core)).toEqual(subjects)
  })
})

describe('a database that is older than what is known of it', () => {
  it('without its journal says how much is missing, and not that all is well', async () => {
    const { dataDir } = await leaveDesk()
    folders.push(dataDir)
    const old = listCopies(dataDir)[0]
    copyFileSync(old?.path ?? '', join(dataDir, 'desk.db'))
    rmSync(join(dataDir, 'outbox-journal.bin'))
    const core = keep(await reopen(dataDir))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect((await statusOf(core)).notes).toMatchObject([{ kind: 'old_copy', recovered: 0, missing: 1, joined: false }])
    expect(await subjectsOf(core)).toEqual(['due', 'uno'])
  })

  it('with its journal has everything again, and says what was put back', async () => {
    const { dataDir, subjects } = await leaveDesk()
    folders.push(dataDir)
    copyFileSync(listCopies(dataDir)[0]?.path ?? '', join(dataDir, 'desk.db'))
    const core = keep(await reopen(dataDir))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    const { notes } = await statusOf(core)
    expect(notes).toMatchObject([{ kind: 'log_lost', recovered: 1, missing: 0 }])
    expect(await subjectsOf(core)).toEqual(subjects)
    // Told once, to who is signed in, until it was read.
    expect(await core.as('other')('recovery', 'status', {})).toMatchObject({ value: { notes: [] } })
    expect(await core.call('recovery', 'acknowledge', { id: notes[0]?.id ?? '' })).toMatchObject({ value: { notes: [] } })
  })

  it('two copies back is brought forward by the journals beside the copies', async () => {
    const first = await createTestCore({ load: loadMasterData })
    for (const [index, subject] of ['uno', 'due', 'tre'].entries()) {
      await first.call('tickets', 'open', ticket(subject))
      await first.core.desk.upkeep.copyNow(true)
      first.clock.advance(24 * 3_600_000)
      expect(listCopies(first.dataDir)).toHaveLength(index + 1)
    }
    await first.call('tickets', 'open', ticket('quattro'))
    await first.core.close()
    // The one beside the oldest copy too: it may hold what was written while that copy was being made.
    expect(archivedJournals(first.dataDir)).toHaveLength(3)
    const oldest = listCopies(first.dataDir).at(-1)
    copyFileSync(oldest?.path ?? '', join(first.dataDir, 'desk.db'))
    const core = keep(await reopen(first.dataDir))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await subjectsOf(core)).toEqual(['due', 'quattro', 'tre', 'uno'])
    expect((await statusOf(core)).notes).toMatchObject([{ recovered: 3, missing: 0 }])
  })
})

describe('copies', () => {
  it('are one a day, verified, encrypted, and the three newest stay', async () => {
    const core = keep(await createTestCore({ load: loadMasterData }))
    const { upkeep } = core.core.desk
    expect(await upkeep.copyNow()).toBe(true)
    expect(await upkeep.copyNow()).toBe(false)
    for (let day = 0; day < 5; day++) {
      core.clock.advance(24 * 3_600_000)
      expect(await upkeep.copyNow()).toBe(true)
    }
    const copies = listCopies(core.dataDir)
    expect(copies.map(({ at }) => at.slice(0, 10))).toEqual(['2026-11-25', '2026-11-24', '2026-11-23'])
    for (const { path } of copies) expect(readFileSync(path).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
    expect(readFileSync(copies[0]?.path ?? '').toString('latin1')).not.toContain('RSSMRA80A01H501U')
  })

  it('are not given up for one that could not be made of a damaged database', async () => {
    const core = keep(await createTestCore({ load: loadMasterData }))
    const { upkeep } = core.core.desk
    for (let day = 0; day < 3; day++) {
      await upkeep.copyNow(true)
      core.clock.advance(24 * 3_600_000)
    }
    const before = listCopies(core.dataDir).map(({ id }) => id)
    await core.core.desk.bulkParts().work.local((db) => db.inTransaction)
    core.core.desk.bulkParts().deskWriter.pragma('wal_checkpoint(TRUNCATE)')
    const pages = readFileSync(core.core.desk.databasePath).length / 4096
    for (let page = 5; page < pages; page++) flipBit(core.core.desk.databasePath, page * 4096 + 9)
    await expect(upkeep.copyNow(true)).rejects.toThrow()
    expect(listCopies(core.dataDir).map(({ id }) => id)).toEqual(before)
    // Whoever works is told, and the next start reads everything.
    expect((await statusOf(core)).storage).toBe('damaged')
    expect(readHealth(core.dataDir)).toMatchObject({ doubtful: true })
    cpSync(listCopies(core.dataDir)[0]?.path ?? '', core.core.desk.databasePath)
  })

  it('are made after an extract was loaded too, of which no journal tells', async () => {
    const core = keep(await createTestCore({ load: loadMasterData }))
    const { upkeep } = core.core.desk
    await upkeep.copyNow()
    core.clock.advance(60_000)
    const finished = core.clock.now().toISOString()
    await core.core.desk.bulkParts().work.local((db) => db.prepare(`INSERT INTO import_run (started_at, finished_at, state, fingerprint, position, counts) VALUES (?, ?, 'done', '{}', '{}', '{}')`).run(finished, finished))
    core.clock.advance(60_000)
    expect(await upkeep.copyNow()).toBe(true)
  })
})

describe('a page that cannot be read while people work', () => {
  it('is found by the weekly check, is said, and is looked into before the next work', async () => {
    const core = keep(await createTestCore({ load: loadMasterData }))
    await core.call('tickets', 'open', ticket('uno'))
    core.core.desk.bulkParts().deskWriter.pragma('wal_checkpoint(TRUNCATE)')
    await core.core.desk.upkeep.checkNow()
    expect(readHealth(core.dataDir)?.checkedAt).toBe('2026-11-20T09:00:00.000Z')
    const whole = join(mkdtempSync(join(tmpdir(), 'sportello-test-')), 'desk.db')
    copyFileSync(core.core.desk.databasePath, whole)
    flipBit(core.core.desk.databasePath, 20 * 4096 + 9)
    await core.core.desk.upkeep.checkNow()
    expect(readHealth(core.dataDir)).toMatchObject({ doubtful: true })
    expect(core.events).toContainEqual({ kind: 'storage', state: 'damaged' })
    expect((await statusOf(core)).storage).toBe('damaged')
    copyFileSync(whole, core.core.desk.databasePath)
    expect(inStore(core, (db) => db.prepare('SELECT count(*) FROM ticket').pluck().get())).toBe(1)
  })
})
