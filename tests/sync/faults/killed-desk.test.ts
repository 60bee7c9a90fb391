/**
 * A desk process that ends by SIGKILL before the n-th step that writes: a statement, a file written, synced, renamed or removed, a place of an
 * exchange, in its main thread or in one of its workers. A sample in `npm test`, every n with SPORTELLO_LONG=1.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../electron/core/audit/audit-log.ts'
import { newestVersion } from '../../../electron/core/store/migrations/list.ts'
import { flipBit, leaveDesk, readStatus, reopen, statusOf, subjectsOf } from '../../core/recovery/damaged-desk.ts'
import { seededRandom } from '../../support/hub-random.ts'
import { inStore } from '../../support/hub-desk.ts'
import { loadMasterData, rossi, waterMeter } from '../../support/master-data.ts'
import { asThePreviousVersionLeftIt } from '../../support/store-version.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { GoneError } from './children.ts'
import { outboxQuery, startDesk } from './desk-process.ts'
import type { DeskProcess, OutboxRow } from './desk-process.ts'
import { anna, copyDesk, createWorld, expectAllOnce, ticket } from './world.ts'
import type { World } from './world.ts'

const seed = Number(process.env['SPORTELLO_SEED'] ?? 31)
const random = seededRandom(seed)
const every = process.env['SPORTELLO_LONG'] === '1'

let world: World
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-killed-'))
  world = await createWorld()
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What the desk had told its person before it was gone. */
type Told = { readonly saved: string[]; readonly taken: string[]; draft: string | null; readonly confirmed: string[] }
type Story = {
  readonly name: string
  /** The folder of the next life: a new one, or the one of the last life, that was judged. */
  readonly prepare: () => Promise<string>
  readonly act: (desk: DeskProcess, told: Told) => Promise<void>
  readonly judge: (dataDir: string, told: Told) => Promise<void>
  /** How many steps of each thread `npm test` tries, of about how many; measured where every one is tried. */
  readonly threads: Readonly<Record<string, { readonly sample: number; readonly of: number }>>
  readonly fixedTime?: string
}

async function live(story: Story, environment: Readonly<Record<string, string>>): Promise<{ readonly dataDir: string; readonly told: Told; readonly signal: NodeJS.Signals | null }> {
  const dataDir = await story.prepare()
  const told: Told = { saved: [], taken: [], draft: null, confirmed: [] }
  const desk = await startDesk({ dataDir, environment, ...(story.fixedTime === undefined ? {} : { fixedTime: story.fixedTime }) }).catch((error: unknown) => {
    if (error instanceof GoneError) return null
    throw error
  })
  try {
    if (desk) await story.act(desk, told)
    await desk?.close()
  } catch (error) {
    if (!(error instanceof GoneError)) throw error
  } finally {
    world.proxy.heal()
    if (desk?.isGone() === false) await desk.kill()
  }
  return { dataDir, told, signal: desk ? await desk.ended : 'SIGKILL' }
}

/** Steps of each thread of a whole life. */
async function measure(story: Story): Promise<ReadonlyMap<string, number>> {
  const file = join(folder, 'steps')
  const { dataDir, told } = await live(story, { SPORTELLO_STEPS_FILE: file })
  await story.judge(dataDir, told)
  const counts = new Map<string, number>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [thread = '', number = ''] = line.split(' ')
    if (thread !== '') counts.set(thread, Number(number))
  }
  rmSync(file)
  return counts
}

function tell(story: Story): void {
  describe(story.name, () => {
    it(`killed at any step (seed ${seed}) goes on where it was: what was shown is there, once, and the rest follows by itself`, async () => {
      const counts = every ? await measure(story) : null
      let killed = 0
      let tried = 0
      for (const [thread, { sample, of }] of Object.entries(story.threads)) {
        const count = counts?.get(thread) ?? of
        const points = every ? Array.from({ length: count }, (_, at) => at + 1) : Array.from({ length: sample }, (_, at) => 1 + Math.floor(((at + random.integer(1_000) / 1_000) * count) / sample))
        for (const point of points) {
          const { dataDir, told, signal } = await live(story, { SPORTELLO_CRASH_AT: `${thread} ${point}` })
          tried += 1
          if (signal === 'SIGKILL') killed += 1
          await story.judge(dataDir, told).catch((error: unknown) => {
            throw new Error(`killed at ${thread} ${point} of ${count}`, { cause: error })
          })
        }
      }
      // Lives differ by a few steps: the last ones may be behind the end.
      expect(killed).toBeGreaterThanOrEqual(Math.floor(tried * 0.8))
    }, 3_600_000)
  })
}

const isWhole = (core: TestCore) => expect(inStore(core, (db) => ({ integrity: db.pragma('integrity_check', { simple: true }), audit: verifyAudit(db).firstBad }))).toEqual({ integrity: 'ok', audit: null })

/** The folder opened again: joined anew where it had not come to that, and left to itself until nothing waits. */
async function expectGoesOn(dataDir: string, told: Told): Promise<void> {
  const core = await world.open(dataDir)
  try {
    isWhole(core)
    const before = inStore(core, (db) => db.prepare(outboxQuery).all() as OutboxRow[])
    expect(before.map(({ opId }) => opId)).toEqual(expect.arrayContaining(told.saved))
    expect(before.filter(({ state }) => state === 'confirmed').map(({ opId }) => opId)).toEqual(expect.arrayContaining(told.confirmed))
    const ticketState = inStore(core, (db) => new Map(db.prepare('SELECT id, state FROM ticket').raw().all() as [string, string][]))
    expect(told.taken.filter((id) => ticketState.get(id) !== 'in_charge')).toEqual([])
    if (told.draft !== null) expect(await core.call('workspace', 'loadDraft', { key: 'note' })).toMatchObject({ ok: true, value: { text: told.draft } })
    const joins = !core.core.desk.hub()
    if (joins) expect(await core.call('hub', 'join', { address: world.proxy.address, code: await world.hub().code('office-Trieste') })).toMatchObject({ ok: true })
    expect(await core.core.desk.hub()?.exchangeNow()).toBe(null)
    const rows = inStore(core, (db) => db.prepare(outboxQuery).all() as OutboxRow[])
    expect(rows.filter(({ state }) => state !== 'confirmed')).toEqual([])
    await expectAllOnce(world, core.core.desk.hub()?.link.deviceId ?? '', rows, told.saved)
    if (every || joins) expect(await core.call('hub', 'checkHealth', {})).toMatchObject({ ok: true, value: { health: { result: 'same' } } })
  } finally {
    await core.core.close()
  }
}

async function open(desk: DeskProcess, told: Told, subject: string): Promise<string> {
  const reply = await desk.call('tickets', 'open', ticket(subject))
  if (!reply.ok) throw new Error(reply.error.code)
  told.saved.push(reply.value.ticketId)
  return reply.value.ticketId
}

let worn = ''
tell({
  name: 'a day at a joined desk: signed in, written without a line, in an envelope, sent, taken in, locked',
  threads: { main: { sample: 5, of: 215 } },
  // One desk that dies again and again.
  prepare: async () => (worn ||= (await world.deskFolder()).dataDir),
  act: async (desk, told) => {
    await desk.call('session', 'signIn', anna)
    await desk.exchange()
    world.proxy.refuse(true)
    world.proxy.drop()
    const first = await open(desk, told, 'senza linea')
    if ((await desk.call('tickets', 'take', { ticketId: first })).ok) told.taken.push(first)
    await desk.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })
    const text = `a metà di ${first}`
    if ((await desk.call('workspace', 'saveDraft', { key: 'note', text })).ok) told.draft = text
    const sealed = await desk.call('hub', 'makeEnvelope', {})
    world.proxy.refuse(false)
    if (sealed.ok) await desk.call('hub', 'relayEnvelope', { text: sealed.value.text })
    await desk.exchange()
    await open(desk, told, 'con la linea')
    await desk.exchange()
    told.confirmed.push(...(await desk.state()).rows.filter(({ state }) => state === 'confirmed').map(({ opId }) => opId))
    await desk.call('session', 'signOut', {})
  },
  judge: expectGoesOn,
})

let alone = ''
async function standalone(): Promise<string> {
  if (alone !== '') return alone
  const core = await createTestCore({ dataDir: join(folder, 'alone'), now: new Date().toISOString() })
  await core.core.desk.bulkParts().work.local((db) => loadMasterData(db))
  await core.core.close()
  return (alone = core.dataDir)
}
tell({
  name: 'a desk that joins: enrolled, numbered, the snapshot loaded page by page, indexed',
  threads: { main: { sample: 2, of: 170 }, 'snapshot-worker': { sample: 2, of: 210 } },
  prepare: async () => copyDesk(await standalone(), mkdtempSync(join(folder, 'joins-'))),
  act: async (desk, told) => {
    await desk.call('session', 'signIn', anna)
    await open(desk, told, 'prima dell’hub')
    await desk.call('hub', 'join', { address: world.proxy.address, code: await world.hub().code('office-Trieste') })
    await desk.exchange()
    told.confirmed.push(...(await desk.state()).rows.filter(({ state }) => state === 'confirmed').map(({ opId }) => opId))
  },
  judge: expectGoesOn,
})

const fixedTime = '2026-11-20T12:00:00.000Z'
let older = ''
tell({
  name: 'a desk that is brought to the newest version',
  threads: { main: { sample: every ? 1 : 0, of: 35 }, 'migrate-worker': { sample: 2, of: 21 } },
  fixedTime,
  prepare: async () => {
    if (older === '') {
      const left = await leaveDesk()
      await asThePreviousVersionLeftIt(left.dataDir, anna)
      older = left.dataDir
    }
    return copyDesk(older, mkdtempSync(join(folder, 'older-')))
  },
  act: async (desk) => {
    await desk.call('session', 'signIn', anna)
  },
  judge: async (dataDir) => {
    const core = await reopen(dataDir)
    try {
      expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
      isWhole(core)
      expect(inStore(core, (db) => db.pragma('user_version', { simple: true }))).toBe(newestVersion)
      expect(await subjectsOf(core)).toEqual(['due', 'tre', 'uno'])
      expect(await core.call('workspace', 'loadDraft', { key: 'nota' })).toMatchObject({ ok: true, value: { text: 'a metà' } })
    } finally {
      await core.core.close()
    }
  },
})

let damaged = ''
tell({
  name: 'a damaged desk that is put back from its copy',
  threads: { main: { sample: 2, of: 85 } },
  fixedTime,
  prepare: async () => {
    if (damaged === '') {
      damaged = (await leaveDesk()).dataDir
      flipBit(join(damaged, 'desk.db'), 100)
    }
    return copyDesk(damaged, mkdtempSync(join(folder, 'damaged-')))
  },
  act: async (desk) => {
    await desk.call('session', 'signIn', anna)
    for (let looks = 0; looks < 2_000; looks += 1) {
      const reply = await desk.call('recovery', 'status', {})
      if (!reply.ok || reply.value.state.kind !== 'damaged') return
      const good = reply.value.state.copies.find(({ state }) => state === 'good')
      if (good) await desk.call('recovery', 'restore', { copyId: good.id })
      if (good) break
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await desk.call('session', 'signIn', anna)
  },
  judge: async (dataDir) => {
    const core = await reopen(dataDir)
    try {
      const entered = await core.call('session', 'signIn', anna)
      if (!entered.ok) {
        const { state } = await readStatus(core)
        const copyId = state.kind === 'damaged' ? (state.copies.find((copy) => copy.state === 'good')?.id ?? '') : ''
        expect(await core.call('recovery', 'restore', { copyId })).toMatchObject({ ok: true })
        expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
      }
      isWhole(core)
      expect(await subjectsOf(core)).toEqual(['due', 'tre', 'uno'])
      expect((await statusOf(core)).state).toEqual({ kind: 'none' })
    } finally {
      await core.core.close()
    }
  },
})

describe('a second process on the folder of a desk', () => {
  it('does not begin while the first one lives, and does when that was killed', async () => {
    const dataDir = copyDesk(await standalone(), join(folder, 'shared'))
    const first = await startDesk({ dataDir })
    expect(await first.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    await expect(startDesk({ dataDir })).rejects.toThrow('DataDirectoryBusyError')
    expect(await first.call('tickets', 'open', ticket('senza altri'))).toMatchObject({ ok: true })
    await first.kill()
    const next = await startDesk({ dataDir })
    expect(await next.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect((await next.state()).rows.map(({ kind }) => kind)).toEqual(['ticket.open'])
    await next.kill()
  })
})
