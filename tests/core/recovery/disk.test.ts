/** A disk without room, a folder without leave to write, and what is asked of the disk before "saved" is said. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { writeFileDurably } from '../../../electron/core/people/durable-file.ts'
import { loadMasterData, rossi } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { anna, copyOf, fingerprints, leaveDesk, reopen, statusOf, subjectsOf, ticket } from './damaged-desk.ts'

const opened: TestCore[] = []
const mounted: string[] = []
const folders: string[] = []
afterEach(async () => {
  for (const core of opened.splice(0)) await core.core.close().catch(() => undefined)
  for (const folder of mounted.splice(0)) execFileSync('umount', [folder])
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A small disk of its own, where this machine gives one; said in one line where it does not. */
function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-disk-'))
  folders.push(folder)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status !== 0) return null
  mounted.push(folder)
  return folder
}
const canMount = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-disk-'))
  const able = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0
  if (able) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
  return able
})()
const canTrace = spawnSync('strace', ['-f', '-e', 'trace=fsync', 'true']).status === 0
if (!canMount) process.stderr.write('capability: no disk can be mounted here; a full and a read-only disk are tried by SQLITE_FULL in tests/core/store/failures.test.ts only\n')
if (!canTrace) process.stderr.write('capability: no strace here; what reaches the disk before "saved" is not counted\n')

function fill(folder: string): string {
  const path = join(folder, 'ballast')
  const { bavail, bsize } = statfsSync(folder)
  for (let bytes = bavail * bsize; bytes > 0; bytes -= bsize) {
    try {
      writeFileSync(path, Buffer.alloc(bytes))
      return path
    } catch {
      // A little less, then.
    }
  }
  return path
}

if (canMount) {
  describe('a disk that is full', () => {
    it('is said, refuses without a half thing, keeps what was saved, and is noticed to have room again by the desk itself', async () => {
      const disk = smallDisk(24)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      const core = await createTestCore({ dataDir: join(disk, 'desk'), load: loadMasterData })
      opened.push(core)
      await core.call('tickets', 'open', ticket('salvato'))
      const ballast = fill(disk)
      let refused = await core.call('tickets', 'open', { ...ticket('senza posto'), text: 'x'.repeat(19_000) })
      for (let i = 0; i < 50 && refused.ok; i++) refused = await core.call('tickets', 'open', { ...ticket('senza posto'), text: 'x'.repeat(19_000) })
      expect(refused).toMatchObject({ ok: false, error: { code: 'storage_full' } })
      expect(core.events).toContainEqual({ kind: 'storage', state: 'full' })
      expect(await statusOf(core)).toMatchObject({ storage: 'full' })
      // No trace, no data: nothing personal is shown that could not be noted.
      expect(await core.call('customers', 'tickets', { customerId: rossi.id })).toMatchObject({ ok: false })
      rmSync(ballast)
      await expect.poll(() => core.events.filter((event) => event.kind === 'storage').at(-1), { timeout: 30_000 }).toEqual({ kind: 'storage', state: 'ok' })
      expect(await core.call('tickets', 'open', ticket('di nuovo'))).toMatchObject({ ok: true })
      expect(await subjectsOf(core)).toEqual(expect.arrayContaining(['di nuovo', 'salvato']))
      const again = await core.restart()
      opened.splice(opened.indexOf(core), 1, again)
      expect(await subjectsOf(again)).toEqual(expect.arrayContaining(['di nuovo', 'salvato']))
    }, 60_000)

    it('at a start lets nobody in without a trace, says why, and opens when there is room', async () => {
      const disk = smallDisk(24)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      const { dataDir, subjects } = await leaveDesk()
      folders.push(dataDir)
      const here = join(disk, 'desk')
      execFileSync('cp', ['-r', copyOf(dataDir), here])
      const ballast = fill(disk)
      const core = await reopen(here)
      opened.push(core)
      expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: false, error: { code: 'storage_full' } })
      const { state, storage } = await statusOf(core)
      expect(state.kind === 'disk_full' || storage === 'full').toBe(true)
      rmSync(ballast)
      await core.call('recovery', 'tryAgain', {})
      expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
      expect(await subjectsOf(core)).toEqual(subjects)
    })

    it('with a little room leaves a file beside the database as it was, and never half of the new one', () => {
      const disk = smallDisk(1)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      const path = join(disk, 'keyslots.json')
      writeFileDurably(path, 'a'.repeat(6_000))
      const ballast = fill(disk)
      truncateSync(ballast, statSync(ballast).size - 4_096)
      expect(() => writeFileDurably(path, 'b'.repeat(20_000))).toThrow('ENOSPC')
      expect(readFileSync(path, 'utf8')).toBe('a'.repeat(6_000))
    })

    it('gives no copy, and takes none away', async () => {
      const disk = smallDisk(24)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      const core = await createTestCore({ dataDir: join(disk, 'desk'), load: loadMasterData })
      opened.push(core)
      // Less than a copy may leave is left.
      expect(await core.core.desk.upkeep.copyNow(true)).toBe(false)
    })
  })

  describe('a folder that cannot be written to', () => {
    it('is named before anybody signs in, is not a first run, and is tried again when asked', async () => {
      const disk = smallDisk(24)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      const { dataDir, subjects } = await leaveDesk()
      folders.push(dataDir)
      const here = join(disk, 'desk')
      execFileSync('cp', ['-r', copyOf(dataDir), here])
      execFileSync('mount', ['-o', 'remount,ro', disk])
      const core = await reopen(here)
      opened.push(core)
      expect(await core.call('session', 'status', {})).toMatchObject({ value: { state: 'signed_out', recovery: 'read_only' } })
      expect(await statusOf(core)).toMatchObject({ state: { kind: 'read_only' } })
      expect(await core.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'storage_read_only' } })
      expect(await core.call('recovery', 'report', {})).toMatchObject({ ok: true })
      expect(await core.call('recovery', 'tryAgain', {})).toMatchObject({ value: { state: { kind: 'read_only' } } })
      execFileSync('mount', ['-o', 'remount,rw', disk])
      expect(await core.call('recovery', 'tryAgain', {})).toMatchObject({ value: { state: { kind: 'none' } } })
      expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
      expect(await subjectsOf(core)).toEqual(subjects)
    })

    it('that another Sportello has taken meanwhile says so, and is had when that one has ended', async () => {
      const disk = smallDisk(24)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      mkdirSync(join(disk, 'desk'))
      execFileSync('mount', ['-o', 'remount,ro', disk])
      const waiting = await reopen(join(disk, 'desk'))
      opened.push(waiting)
      execFileSync('mount', ['-o', 'remount,rw', disk])
      const other = await reopen(join(disk, 'desk'))
      expect(await waiting.call('recovery', 'tryAgain', {})).toMatchObject({ value: { state: { kind: 'second_instance' } } })
      expect(await waiting.call('session', 'status', {})).toMatchObject({ value: { recovery: 'second_instance' } })
      await other.core.close()
      expect(await waiting.call('recovery', 'tryAgain', {})).toMatchObject({ value: { state: { kind: 'none' } } })
    })

    it('also on a first start is no place for an empty desk', async () => {
      const disk = smallDisk(4)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      mkdirSync(join(disk, 'desk'))
      execFileSync('mount', ['-o', 'remount,ro', disk])
      const core = await reopen(join(disk, 'desk'))
      opened.push(core)
      expect(await core.call('session', 'status', {})).toMatchObject({ value: { recovery: 'read_only' } })
      expect(await core.call('session', 'setUp', { username: 'nuova', displayName: 'Nuova', password: 'una password', deskName: 'x' })).toMatchObject({ error: { code: 'storage_read_only' } })
    })

    it('becoming so while people work is said, and passes', async () => {
      const disk = smallDisk(24)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      const core = await createTestCore({ dataDir: join(disk, 'desk'), load: loadMasterData })
      opened.push(core)
      await core.call('tickets', 'open', ticket('prima'))
      // The journal is a file of its own, opened for each start.
      const { databasePath } = core.core.desk.bulkParts()
      expect(databasePath.startsWith(disk)).toBe(true)
      core.core.desk.storage.failed('storage_read_only')
      expect(await statusOf(core)).toMatchObject({ storage: 'read_only' })
      await expect.poll(() => core.core.desk.storage.state(), { timeout: 30_000 }).toBe('ok')
    }, 60_000)
  })
}

describe('a folder of another user of the computer', () => {
  it('that may be read and not written to is named, and nothing in it is touched', async () => {
    const { dataDir } = await leaveDesk()
    folders.push(dataDir)
    const everything = (mode: 'readable' | 'mine') => execFileSync('chmod', ['-R', mode === 'readable' ? 'a=rX' : 'u+rwX', dataDir])
    everything('readable')
    try {
      const before = fingerprints(dataDir)
      const said = execFileSync(process.execPath, [join(import.meta.dirname, 'other-user.ts'), dataDir], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      expect(JSON.parse(said)).toEqual({ state: { kind: 'read_only' }, session: 'read_only', entered: 'storage_read_only' })
      expect(fingerprints(dataDir)).toEqual(before)
    } finally {
      everything('mine')
    }
  })
})

if (canTrace) {
  describe('what is shown as saved', () => {
    it('was synced to the disk twice before: in the journal, and in the log of the database', () => {
      const script = join(import.meta.dirname, 'saving-desk.ts')
      const folder = mkdtempSync(join(tmpdir(), 'sportello-trace-'))
      folders.push(folder)
      const out = join(folder, 'trace')
      const writes = 25
      // Which file each call is about, because what is folded or noted by the clock syncs other files, once more or less.
      execFileSync('strace', ['-f', '-y', '-qq', '-e', 'trace=fsync,fdatasync', '-o', out, process.execPath, script, join(folder, 'desk'), String(writes)], { stdio: 'pipe' })
      const lines = readFileSync(out, 'utf8').split('\n')
      expect(lines.filter((line) => line.includes('= -1'))).toEqual([])
      // A call that another thread interrupts is told in two lines, of which the first has its name and its opening bracket.
      const synced = (file: string): number => lines.filter((line) => /f(data)?sync\(\d+</.test(line) && line.includes(`/${file}>`)).length
      expect(synced('outbox-journal.bin')).toBeGreaterThanOrEqual(writes)
      expect(synced('desk.db-wal')).toBeGreaterThanOrEqual(2 * writes)
      // What was being typed: the file of it, under the name it has until it is whole.
      expect(synced('drafts.sealed.new')).toBeGreaterThanOrEqual(writes)
    }, 120_000)
  })
}
