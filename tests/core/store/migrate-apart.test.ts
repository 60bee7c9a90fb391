import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BusyKind } from '../../../electron/core/busy.ts'
import { openRaw } from '../../../electron/core/store/cipher.ts'
import { migrateApart } from '../../../electron/core/store/migrate-apart.ts'
import { migrate, migrationAhead, StoreFromFutureError, userVersion } from '../../../electron/core/store/migrate.ts'
import type { MigrationProgress } from '../../../electron/core/store/migrate.ts'
import { migrations, newestVersion } from '../../../electron/core/store/migrations/list.ts'
import { openStore } from '../../../electron/core/store/store.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { asThePreviousVersionLeftIt } from '../../support/store-version.ts'
import { createTestCore } from '../../support/test-core.ts'

const key = new Uint8Array(32).fill(5)
let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-migrate-'))
  path = join(folder, 'desk.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A store of the first version with one row. */
function oldStore(): void {
  const db = openRaw(path, key, 'write', true)
  migrate(db, path, key, migrations.slice(0, 1))
  db.prepare(`INSERT INTO brand VALUES ('adria', 'Adria', 'S4')`).run()
  db.close()
}
const versionOf = (): number => {
  const db = openRaw(path, key, 'read')
  try {
    return userVersion(db)
  } finally {
    db.close()
  }
}

describe('a store of an older version', () => {
  it('is brought to the newest while the thread that opens it goes on', async () => {
    oldStore()
    const seen: MigrationProgress[] = []
    let turns = 0
    let open = false
    const opening = openStore(path, key, { create: false, onMigration: (progress) => seen.push(progress) }).finally(() => (open = true))
    while (!open) {
      turns += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    const store = await opening
    expect(turns).toBeGreaterThan(10)
    const total = newestVersion - 1 + 1
    expect(seen).toEqual(Array.from({ length: total }, (_, done) => ({ done, total })))
    expect(userVersion(store.rawReader)).toBe(newestVersion)
    expect(store.rawReader.prepare(`SELECT name FROM brand WHERE id = 'adria'`).pluck().get()).toBe('Adria')
    await store.close()
    expect(readdirSync(join(folder, 'copies'))).toEqual(['before-version-2.db'])
  })

  it('is told to whoever is signing in, and keeps updates away', async () => {
    const first = await createTestCore()
    await first.core.close()
    await asThePreviousVersionLeftIt(first.dataDir, { username: 'anna', password: testPassword })
    const desk = await createTestCore({ dataDir: first.dataDir, signIn: false })
    const [migrating, busy] = [new Set<string>(), new Set<BusyKind>()]
    let entered: boolean | null = null
    const entering = desk.call('session', 'signIn', { username: 'anna', password: testPassword }).then((reply) => (entered = reply.ok))
    while (entered === null) {
      const status = await desk.as('another')('session', 'status', {})
      if (status.ok) migrating.add(JSON.stringify(status.value.migration))
      for (const kind of desk.core.desk.busy()) busy.add(kind)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await entering).toBe(true)
    expect([...migrating]).toEqual(expect.arrayContaining(['null', '{"done":0,"total":2}']))
    expect(busy.has('migration')).toBe(true)
    const after = await desk.call('session', 'status', {})
    expect(after.ok && after.value.migration).toBeNull()
    await desk.close()
  })
})

describe('what stops a migration in its thread', () => {
  it('is told as what it is, and leaves the store as it was', async () => {
    oldStore()
    const db = openRaw(path, key, 'write')
    db.pragma(`user_version = ${newestVersion + 1}`)
    db.close()
    await expect(migrateApart(path, key, 1)).rejects.toThrow(StoreFromFutureError)
    expect(versionOf()).toBe(newestVersion + 1)
  })

  it('is also an error of the store, such as a table that is there already', async () => {
    oldStore()
    const db = openRaw(path, key, 'write')
    db.exec('CREATE TABLE search_doc (n INTEGER)')
    db.close()
    await expect(migrateApart(path, key, 1)).rejects.toThrow('search_doc')
    expect(versionOf()).toBe(1)
  })

  it('is nothing for a store that is new or up to date', () => {
    expect(migrationAhead(newestVersion)).toEqual({ done: 0, total: 1 })
    expect(migrationAhead(0)).toEqual({ done: 0, total: newestVersion })
  })
})
