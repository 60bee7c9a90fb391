/** A bit flipped, or nothing but zeros, in a page of every kind there is: the desk says so or has everything, and never less in silence. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openRaw } from '../../../electron/core/store/cipher.ts'
import { loadMasterData } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { anna, copyOf, flipBit, readStatus, reopen, statusOf, subjectsOf, ticket } from './damaged-desk.ts'

const pageBytes = 4096
type Page = { readonly kind: string; readonly page: number }
let dataDir = ''
let pages: readonly Page[] = []
const opened: TestCore[] = []
const folders: string[] = []

beforeAll(async () => {
  const core = await createTestCore({
    load: (db) => {
      loadMasterData(db)
      const customer = db.prepare(`INSERT INTO customer (id, brand_id, code, kind, last_name, first_name, vulnerable, address_id, updated_at) VALUES (?, 'etra', ?, 'person', ?, 'Prova', 0, 'etra:A1', '2026-11-01T00:00:00.000Z')`)
      const address = db.prepare(`INSERT INTO address VALUES (?, 'Via delle Prove', '1', '34125', 'Trieste', 'TS', 'L424')`)
      for (let n = 0; n < 1_500; n++) {
        customer.run(`etra:9${String(n).padStart(5, '0')}`, `9${String(n).padStart(5, '0')}`, `Cognome${n}`)
        address.run(`etra:B${n}`)
      }
    },
  })
  await core.call('tickets', 'open', ticket('uno'))
  await core.call('tickets', 'open', { ...ticket('due'), text: 'x'.repeat(20_000) })
  // Pages that are in no table any more.
  await core.core.desk.bulkParts().work.local((db) => {
    db.prepare(`INSERT INTO setting VALUES ('gone', ?)`).run('x'.repeat(60_000))
    db.prepare(`DELETE FROM setting WHERE key = 'gone'`).run()
  })
  await core.core.desk.upkeep.copyNow(true)
  core.clock.advance(3_600_000)
  await core.call('tickets', 'open', ticket('tre'))
  const { key, databasePath } = core.core.desk.bulkParts()
  dataDir = core.dataDir
  await core.core.close()
  pages = pagesOf(databasePath, key)
}, 120_000)
afterEach(async () => {
  for (const core of opened.splice(0)) await core.core.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** One page of each kind: what it belongs to, and whether it is inner, leaf or overflow. */
function pagesOf(path: string, key: Uint8Array): Page[] {
  const db = openRaw(path, key, 'read')
  try {
    const rows = db.prepare(`SELECT d.pageno AS page, d.pagetype AS type, d.name AS name, coalesce(m.type, 'schema') AS part FROM dbstat d LEFT JOIN sqlite_master m ON m.name = d.name ORDER BY d.pageno DESC`).all() as { page: number; type: string; name: string; part: string }[]
    const used = new Set(rows.map(({ page }) => page))
    const count = Number(db.pragma('page_count', { simple: true }))
    const free = Array.from({ length: count }, (_, index) => index + 1).find((page) => !used.has(page) && page > 1)
    const kinds = new Map<string, number>([['header', 1]])
    for (const { page, type, name, part } of rows) {
      const what = name.startsWith('search_') ? 'lookup index' : part
      if (page > 1) kinds.set(`${what} ${type}`, page)
    }
    if (free !== undefined) kinds.set('freelist', free)
    return [...kinds].map(([kind, page]) => ({ kind, page }))
  } finally {
    db.close()
  }
}

const wipes = [
  ['one bit flipped', (path: string, page: number) => flipBit(path, (page - 1) * pageBytes + 1_000, 3)],
  ['nothing but zeros', (path: string, page: number) => writeFileSync(path, zeroed(readFileSync(path), page))],
] as const
function zeroed(bytes: Buffer, page: number): Buffer {
  return bytes.fill(0, (page - 1) * pageBytes, page * pageBytes)
}

async function damaged(damage: (path: string, page: number) => void, page: number, exit: 'clean' | 'open'): Promise<TestCore> {
  const folder = copyOf(dataDir)
  folders.push(folder)
  const health = join(folder, 'store-health.json')
  writeFileSync(health, readFileSync(health, 'utf8').replace('"clean"', `"${exit}"`))
  damage(join(folder, 'desk.db'), page)
  const core = await reopen(folder)
  opened.push(core)
  return core
}

async function comesBack(core: TestCore): Promise<void> {
  const { state } = await readStatus(core)
  expect(state).toMatchObject({ kind: 'damaged', unlocked: true })
  const copyId = state.kind === 'damaged' ? (state.copies.find((copy) => copy.state === 'good')?.id ?? '') : ''
  expect(await core.call('recovery', 'restore', { copyId })).toMatchObject({ ok: true })
  expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
  expect((await statusOf(core)).notes).toMatchObject([{ kind: 'restored', missing: 0 }])
  expect(await subjectsOf(core)).toEqual(['due', 'tre', 'uno'])
}

describe('the kinds of pages', () => {
  it('are all there', () => {
    expect(pages.map(({ kind }) => kind).toSorted()).toEqual(expect.arrayContaining(['header', 'freelist', 'table leaf', 'table internal', 'table overflow', 'index leaf', 'index internal', 'lookup index leaf', 'lookup index internal']))
  })

  it.each(wipes)('with %s: after an end that was not clean each is found before anybody comes in, and the desk comes back whole', async (_, damage) => {
    const unseen: string[] = []
    for (const { kind, page } of pages) {
      const core = await damaged(damage, page, 'open')
      const entered = await core.call('session', 'signIn', anna)
      if (entered.ok) {
        unseen.push(kind)
        expect(await subjectsOf(core), kind).toEqual(['due', 'tre', 'uno'])
        continue
      }
      expect(entered.error.code, kind).toBe('store_unreadable')
      await comesBack(core)
    }
    // What is in no table is read by nobody.
    expect(unseen.filter((kind) => kind !== 'freelist')).toEqual([])
  }, 180_000)

  it('after a clean end are found at the latest when they are read: then that is said, and the next start reads everything', async () => {
    const core = await damaged((path) => {
      for (const { page, kind } of pages) if (kind !== 'header' && kind !== 'schema leaf' && kind !== 'schema internal') flipBit(path, (page - 1) * pageBytes + 1_000)
    }, 0, 'clean')
    let entered = await core.call('session', 'signIn', anna)
    if (entered.ok) {
      for (let page = 2; page < 400; page += 1) flipBit(join(core.dataDir, 'desk.db'), page * pageBytes + 500)
      const reply = await core.call('customers', 'tickets', { customerId: 'etra:900700' })
      expect(reply).toMatchObject({ ok: false })
      if (!reply.ok) expect(['storage_damaged', 'internal']).toContain(reply.error.code)
      await core.call('session', 'signOut', {})
      entered = await core.call('session', 'signIn', anna)
    }
    expect(entered).toMatchObject({ ok: false, error: { code: 'store_unreadable' } })
    await comesBack(core)
  }, 60_000)
})

describe('a database cut short', () => {
  it.each([0.1, 0.5, 0.99])('to %d of its length is said, and comes back whole', async (share) => {
    const core = await damaged((path) => {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * share)))
    }, 0, 'open')
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'store_unreadable' } })
    await comesBack(core)
  })
})
