/** PostgreSQL itself killed in the middle of a push, and without room on its disk; desk, hub and database are processes of their own. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runningEmbedded } from '../../../hub/database/embedded.ts'
import type { DeskProcess } from './desk-process.ts'
import { privateDatabase } from './private-database.ts'
import type { PrivateDatabase } from './private-database.ts'
import { allConfirmed, createWorld, expectAllOnce, expectNoFalseWord, passUntil, ticket } from './world.ts'
import type { World } from './world.ts'

const every = process.env['SPORTELLO_LONG'] === '1'
/** Enough for an empty cluster and its log. */
const diskMegabytes = 300
const disk = mkdtempSync(join(tmpdir(), 'sportello-own-pg-'))
const isSmall = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m,mode=755`, 'tmpfs', disk]).status === 0
if (!isSmall) process.stderr.write('capability: no disk can be mounted here; a full disk under PostgreSQL is tried by its error code in tests/sync/faults/killed-hub.test.ts only\n')
let own: PrivateDatabase
let world: World
let desk: DeskProcess
let deviceId = ''
const saved: string[] = []
beforeAll(async () => {
  own = await privateDatabase(disk, { shared_buffers: '16MB', max_wal_size: '48MB', min_wal_size: '32MB' })
  world = await createWorld(own.database)
  ;({ desk, deviceId } = await world.desk())
  await passUntil(world, desk, (state) => state.standing?.state === 'connected')
})
afterAll(async () => {
  await world.close()
  if (isSmall) spawnSync('umount', [disk])
  rmSync(disk, { recursive: true, force: true })
})

async function write(text = ''): Promise<void> {
  const reply = await desk.call('tickets', 'open', ticket(`scritto ${saved.length}`, text))
  if (!reply.ok) throw new Error(reply.error.code)
  saved.push(reply.value.ticketId)
}
async function drained(): Promise<void> {
  const { rows } = await passUntil(world, desk, allConfirmed)
  await expectAllOnce(world, deviceId, rows, saved)
}

describe('a database that is killed', () => {
  it('in the middle of a push, or at its commit, has the whole of it or nothing when it is back; hub and desk go on by themselves', async () => {
    await world.hub().arm(null)
    await write()
    await drained()
    const commit = (await world.hub().statements()).indexOf('COMMIT') + 1
    for (const at of every ? Array.from({ length: commit }, (_, n) => n + 1) : [Math.floor(commit / 2), commit]) {
      await world.hub().arm(at, 'held')
      await write()
      await passUntil(world, desk, () => world.hub().isHeld())
      own.kill()
      await world.hub().release()
      await passUntil(world, desk, ({ standing }) => standing?.state === 'unreachable')
      await write()
      const { rows } = await desk.state()
      // The process behind the connection may have outlived the first one for as long as a commit takes: then it is there.
      expect(rows.at(-1)).toMatchObject({ state: 'queued' })
      await own.restart()
      await expectNoFalseWord(world, deviceId, rows)
      await drained()
    }
  }, 600_000)
})

if (isSmall) {
  describe('a database without room on its disk', () => {
    it('takes nothing half, says so to the desks, and goes on when there is room', async () => {
      const ballast = join(disk, 'ballast')
      const { bavail, bsize } = statfsSync(disk)
      for (let bytes = bavail * bsize; bytes > 0; bytes -= 64 * bsize) {
        try {
          writeFileSync(ballast, Buffer.alloc(bytes))
          break
        } catch {
          // A little less, then.
        }
      }
      // Nothing that can be packed: the tables have to grow.
      for (let count = 0; count < 30; count += 1) await write(randomBytes(7_000).toString('hex'))
      const at = world.proxy.answers.length
      await passUntil(world, desk, ({ standing }) => standing?.state === 'unreachable' && (world.proxy.answers.slice(at).some(({ status }) => status === 503) || world.hub().isGone()))
      expect(world.hub().isGone()).toBe(false)
      const { rows } = await desk.state()
      rmSync(ballast)
      if ((await runningEmbedded(disk)) === null) await own.restart()
      await expectNoFalseWord(world, deviceId, rows)
      await drained()
    }, 600_000)
  })
}
