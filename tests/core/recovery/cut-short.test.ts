/** A restore that is killed between any two of its steps: what the folder looked like before each of them is started again. */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { createHubDouble } from '../../support/hub-double.ts'
import { doublePorts, exchange, fillHub, joinedDesk } from '../../support/hub-desk.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { loadMasterData } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { anna, copyOf, fingerprints, flipBit, readStatus, reopen, statusOf, subjectsOf, ticket } from './damaged-desk.ts'

const disk = vi.hoisted(() => ({ before: (): void => undefined }))
vi.mock('node:fs', async (original) => {
  const real = await original<Record<string, unknown>>()
  const steps = ['mkdirSync', 'renameSync', 'copyFileSync', 'rmSync', 'ftruncateSync', 'truncateSync']
  const watched = steps.map((step) => [step, (...given: unknown[]): unknown => {
    disk.before()
    return (real[step] as (...values: unknown[]) => unknown)(...given)
  }])
  return { ...real, ...Object.fromEntries(watched) as object }
})

const opened: TestCore[] = []
const folders: string[] = []
const kept = (core: TestCore): TestCore => {
  opened.push(core)
  return core
}
afterEach(async () => {
  disk.before = () => undefined
  for (const core of opened.splice(0)) await core.core.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Every different state of the folder before a step that `work` takes on the disk; by the files that are there, or by what is in them too. */
async function statesDuring(dataDir: string, by: 'names' | 'contents', work: () => Promise<unknown>): Promise<string[]> {
  const seen = new Map<string, string>()
  let looking = false
  disk.before = () => {
    if (looking) return
    looking = true
    const folder = mkdtempSync(join(tmpdir(), 'sportello-test-'))
    for (const name of readdirSync(dataDir)) if (name !== 'desk.lock') cpSync(join(dataDir, name), join(folder, name), { recursive: true, preserveTimestamps: true })
    // What is still being made, and is begun anew, is the same whatever is in it.
    const state = JSON.stringify([...fingerprints(folder, ['attempts.json'])].flatMap(([name, hash]) => (name.endsWith('-shm') ? [] : [[name, by === 'names' || /\.(new|rebuilt)/.test(name) ? '' : hash]])).toSorted())
    if (seen.has(state)) rmSync(folder, { recursive: true })
    else seen.set(state, folder)
    looking = false
  }
  await work()
  disk.before = () => undefined
  folders.push(...seen.values())
  return [...seen.values()]
}

const copyIn = async (core: TestCore): Promise<string> => {
  const { state } = await readStatus(core)
  return state.kind === 'damaged' ? (state.copies.find((copy) => copy.state === 'good')?.id ?? '') : ''
}

/** Killed while it worked: the last ticket and the draft are in the log only. */
async function killedDesk(): Promise<{ dataDir: string; damaged: string }> {
  const core = kept(await createTestCore({ load: loadMasterData }))
  folders.push(core.dataDir)
  await core.call('tickets', 'open', ticket('uno'))
  await core.core.desk.upkeep.copyNow(true)
  core.clock.advance(3_600_000)
  await core.call('tickets', 'open', ticket('due'))
  await core.call('workspace', 'saveDraft', { key: 'nota', text: 'a metà' })
  const dataDir = copyOf(core.dataDir)
  folders.push(dataDir)
  // In the file, and not in the log above it.
  flipBit(join(dataDir, 'desk.db'), Math.floor(readFileSync(join(dataDir, 'desk.db')).length / 4096 - 2) * 4096 + 50)
  expect(existsSync(join(dataDir, 'desk.db-wal'))).toBe(true)
  return { dataDir, damaged: fingerprints(dataDir).get('desk.db') ?? '' }
}

it('a copy put back and cut short anywhere is put back when it is begun again, with the texts of the log, and told once', async () => {
  const { dataDir, damaged } = await killedDesk()
  const first = kept(await reopen(dataDir))
  await first.call('session', 'signIn', anna)
  const copyId = await copyIn(first)
  const states = await statesDuring(dataDir, 'contents', () => first.call('recovery', 'restore', { copyId }))
  expect(states.length).toBeGreaterThan(5)
  for (const [index, folder] of [...states, dataDir].entries()) {
    const core = folder === dataDir ? first : kept(await reopen(folder))
    const at = `state ${index} of ${states.length}: ${readdirSync(folder).join(' ')}`
    if (!(await core.call('session', 'signIn', anna)).ok) {
      expect(await statusOf(core), at).toMatchObject({ state: { kind: 'damaged', unlocked: true } })
      expect(await core.call('recovery', 'restore', { copyId: await copyIn(core) }), at).toMatchObject({ ok: true })
      expect(await core.call('session', 'signIn', anna), at).toMatchObject({ ok: true })
    }
    expect(await subjectsOf(core), at).toEqual(['due', 'uno'])
    expect(await core.call('workspace', 'loadDraft', { key: 'nota' }), at).toMatchObject({ value: { text: 'a metà' } })
    expect((await statusOf(core)).notes, at).toMatchObject([{ kind: 'restored', missing: 0 }])
    const found = [...fingerprints(folder)].filter(([name, hash]) => name.endsWith('desk.db') && hash === damaged)
    expect(found.map(([name]) => name), at).toEqual([expect.stringMatching(/^corrupt-[\dTZ]+\/desk\.db$/)])
    await core.core.close()
  }
})

it('a copy from before the joining, put back and cut short anywhere, never leaves a desk without its hub', async () => {
  const hub = createHubDouble()
  await fillHub(hub)
  const worked = kept(await joinedDesk(hub, { deskNumber: 1 }))
  folders.push(worked.dataDir)
  await exchange(worked)
  hub.passwords.set('anna', { password: testPassword, revision: 1 })
  hub.hooks.fault = () => 'lost before'
  await worked.call('tickets', 'open', ticket('mai inviata'))
  const dataDir = copyOf(worked.dataDir)
  folders.push(dataDir)
  hub.hooks.fault = () => null
  flipBit(join(dataDir, 'desk.db'), 100)
  for (const name of ['desk.db-wal', 'desk.db-shm']) rmSync(join(dataDir, name), { force: true })
  for (const what of ['restore', 'rebuild'] as const) {
    const from = copyOf(dataDir)
    folders.push(from)
    const first = kept(await reopen(from, { hub: doublePorts(hub) }))
    await first.call('session', 'signIn', anna)
    const copyId = await copyIn(first)
    const states = await statesDuring(from, 'names', () => (what === 'restore' ? first.call('recovery', 'restore', { copyId }) : first.call('recovery', 'rebuild', {})))
    await first.core.close()
    for (const [index, folder] of states.entries()) {
      const at = `${what} ${index} of ${states.length}: ${readdirSync(folder).join(' ')}`
      const core = kept(await reopen(folder, { hub: doublePorts(hub) }))
      if (!(await core.call('session', 'signIn', anna)).ok) {
        expect(await statusOf(core), at).toMatchObject({ state: { kind: 'damaged', joined: true } })
        expect(await core.call('recovery', 'rebuild', {}), at).toMatchObject({ ok: true })
        expect(await core.call('session', 'signIn', anna), at).toMatchObject({ ok: true })
      }
      expect(await core.call('hub', 'status', {}), at).not.toMatchObject({ value: { state: 'none' } })
      expect((await statusOf(core)).notes.filter(({ kind }) => kind === 'restored' || kind === 'rebuilt'), at).toHaveLength(1)
      expect(core.core.desk.bulkParts().deskWriter.prepare(`SELECT count(*) FROM outbox WHERE kind = 'ticket.open'`).pluck().get(), at).toBe(1)
      await core.core.close()
    }
  }
})
