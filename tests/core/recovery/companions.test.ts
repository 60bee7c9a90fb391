/** Each file beside the database flipped, cut, emptied, or gone: the desk says so or has everything. */
import { appendFileSync, existsSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadMasterData } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { anna, copyOf, flipBit, reopen, sizeOf, statusOf, subjectsOf, ticket } from './damaged-desk.ts'

let killed = ''
let clean = ''
const opened: TestCore[] = []
const folders: string[] = []
const all = ['due', 'quattro', 'tre', 'uno']

beforeAll(async () => {
  const core = await createTestCore({ load: loadMasterData })
  await core.call('tickets', 'open', ticket('uno'))
  await core.core.desk.upkeep.copyNow(true)
  core.core.desk.bulkParts().deskWriter.pragma('wal_checkpoint(TRUNCATE)')
  for (const subject of ['due', 'tre', 'quattro']) await core.call('tickets', 'open', ticket(subject))
  // As a power cut would leave it: the log full, the mark of a clean end not set.
  killed = copyOf(core.dataDir)
  await core.core.close()
  clean = copyOf(core.dataDir)
  rmSync(core.dataDir, { recursive: true })
})
afterEach(async () => {
  for (const core of opened.splice(0)) await core.core.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
afterAll(() => {
  for (const folder of [killed, clean]) rmSync(folder, { recursive: true, force: true })
})

async function after(source: string, damage: (dataDir: string) => void): Promise<TestCore> {
  const dataDir = copyOf(source)
  folders.push(dataDir)
  damage(dataDir)
  const core = await reopen(dataDir)
  opened.push(core)
  return core
}

const damages: readonly (readonly [string, (path: string) => void])[] = [
  ['gone', (path) => rmSync(path, { force: true })],
  ['of no length', (path) => truncateSync(path, 0)],
  ['cut in the middle', (path) => truncateSync(path, Math.floor(sizeOf(path) / 2))],
  ['cut by a byte', (path) => truncateSync(path, sizeOf(path) - 1)],
  ['flipped at the front', (path) => flipBit(path, 3)],
  ['flipped in the middle', (path) => flipBit(path, Math.floor(sizeOf(path) / 2))],
  ['flipped near the end', (path) => flipBit(path, sizeOf(path) - 20)],
  ['something else', (path) => writeFileSync(path, 'x'.repeat(5_000))],
]

describe('after a power cut', () => {
  it.each(damages)('a log that is %s takes nothing along', async (_, damage) => {
    const core = await after(killed, (dataDir) => damage(join(dataDir, 'desk.db-wal')))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await subjectsOf(core)).toEqual(all)
  })

  it.each(damages)('an index of the log that is %s is made anew', async (_, damage) => {
    const core = await after(killed, (dataDir) => damage(join(dataDir, 'desk.db-shm')))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await subjectsOf(core)).toEqual(all)
  })

  it.each(damages)('a journal that is %s takes nothing along, and is kept as it was found', async (what, damage) => {
    const core = await after(killed, (dataDir) => damage(join(dataDir, 'outbox-journal.bin')))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await subjectsOf(core)).toEqual(all)
    expect((await statusOf(core)).notes).toEqual([])
    if (what !== 'gone' && what !== 'of no length') expect(readdirSync(core.dataDir).some((name) => name.startsWith('outbox-journal.bin.damaged-'))).toBe(true)
    expect(await core.call('tickets', 'open', ticket('cinque'))).toMatchObject({ ok: true })
    await core.core.close()
    const again = await reopen(core.dataDir)
    opened.splice(opened.indexOf(core), 1, again)
    expect(await again.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect((await statusOf(again)).notes).toEqual([])
    expect(await subjectsOf(again)).toEqual(['cinque', ...all])
  })

  it.each([['zeros', Buffer.alloc(4_096)], ['the beginning of an entry', Buffer.from([0, 0, 2, 0, 1, 2, 3])]])('a journal that ends in %s has lost nothing that was shown as saved, and is cut there', async (_, tail) => {
    const core = await after(killed, (dataDir) => appendFileSync(join(dataDir, 'outbox-journal.bin'), tail))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect((await statusOf(core)).notes).toEqual([])
    expect(sizeOf(join(core.dataDir, 'outbox-journal.bin'))).toBe(sizeOf(join(killed, 'outbox-journal.bin')))
  })

  it('with the log gone and the journal damaged too, what is missing is said', async () => {
    const core = await after(killed, (dataDir) => {
      rmSync(join(dataDir, 'desk.db-wal'))
      flipBit(join(dataDir, 'outbox-journal.bin'), Math.floor(sizeOf(join(dataDir, 'outbox-journal.bin')) / 2))
    })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    const { notes } = await statusOf(core)
    const here = (await subjectsOf(core)).length
    expect(here).toBeLessThan(4)
    expect(notes).toMatchObject([{ kind: 'old_copy', recovered: here - 1, missing: 4 - here }])
  })
})

describe('the key slots', () => {
  it.each(damages)('with one copy that is %s open from the other, and are two again', async (_, damage) => {
    for (const name of ['keyslots.json', 'keyslots.copy.json']) {
      const core = await after(clean, (dataDir) => damage(join(dataDir, name)))
      expect(await core.call('session', 'signIn', anna), name).toMatchObject({ ok: true })
      expect(readFileSync(join(core.dataDir, 'keyslots.json'), 'utf8'), name).toBe(readFileSync(join(core.dataDir, 'keyslots.copy.json'), 'utf8'))
    }
  })

  it.each(damages)('with both copies %s are named before anybody types a password, and nothing is begun', async (what, damage) => {
    const core = await after(clean, (dataDir) => {
      for (const name of ['keyslots.json', 'keyslots.copy.json']) damage(join(dataDir, name))
    })
    expect(await statusOf(core)).toMatchObject({ state: { kind: 'key_slots', found: what === 'gone' ? 'missing' : 'damaged' } })
    expect(await core.call('session', 'status', {})).toMatchObject({ value: { state: 'signed_out', recovery: 'key_slots' } })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'store_unreadable' } })
    expect(existsSync(join(core.dataDir, 'desk.db'))).toBe(true)
  })
})

describe('what is known beside the database', () => {
  it.each(damages)('that is %s is not believed, and the desk opens', async (_, damage) => {
    for (const name of ['store-health.json', 'desk.json', 'recovery-notes.json', 'attempts.json']) {
      const core = await after(clean, (dataDir) => {
        if (!existsSync(join(dataDir, name))) writeFileSync(join(dataDir, name), '{}')
        damage(join(dataDir, name))
      })
      expect(await core.call('session', 'signIn', anna), name).toMatchObject({ ok: true })
      expect(await subjectsOf(core), name).toEqual(all)
    }
  })

  it.each(damages)('journals beside copies that are %s take nothing along', async (_, damage) => {
    const core = await after(killed, (dataDir) => {
      for (const name of readdirSync(join(dataDir, 'copies'))) if (name.endsWith('.journal')) damage(join(dataDir, 'copies', name))
    })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await subjectsOf(core)).toEqual(all)
  })
})
