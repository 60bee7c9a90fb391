import Database from 'better-sqlite3-multiple-ciphers'
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openRaw, StoreUnreadableError } from '../../../electron/core/store/cipher.ts'
import { DataDirectoryBusyError, lockDataDirectory } from '../../../electron/core/store/lock.ts'
import { migrate, StoreFromFutureError, userVersion } from '../../../electron/core/store/migrate.ts'
import { migrations, newestVersion } from '../../../electron/core/store/migrations/list.ts'
import { openStore } from '../../../electron/core/store/store.ts'
import { searchSchema } from '../../../electron/core/search/search-schema.ts'
import { models } from '../../../shared/model/models.ts'
import { allRows, fillTables } from '../../support/filled-tables.ts'

let folder = ''
let path = ''
const key = randomBytes(32)
const canary = 'CANARY-RSSMRA80A01H501U'

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-store-'))
  path = join(folder, 'desk.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the encrypted store', () => {
  it('sets and keeps its pragmas on both connections', async () => {
    const store = await openStore(path, key, { create: true })
    for (const db of [store.rawWriter, store.rawReader]) {
      const pragma = (name: string): unknown => db.pragma(name, { simple: true })
      expect([pragma('synchronous'), pragma('temp_store'), pragma('foreign_keys'), pragma('secure_delete'), pragma('trusted_schema'), pragma('journal_mode')]).toEqual([2, 2, 1, 1, 0, 'wal'])
    }
    expect(() => store.rawReader.prepare('CREATE TABLE x (a)').run()).toThrow('readonly')
    await store.close()
  })

  it('leaves nothing readable in any of its files', async () => {
    const store = await openStore(path, key, { create: true })
    store.rawWriter.prepare('INSERT INTO setting VALUES (?, ?)').run('canary', canary)
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes(canary), name).toBe(false)
    await store.close()
    const copy = openRaw(path, key, 'write')
    copy.prepare('VACUUM INTO ?').run(join(folder, 'copy.db'))
    copy.close()
    expect(readFileSync(join(folder, 'copy.db')).includes(canary)).toBe(false)
    expect(readFileSync(path).subarray(0, 15).toString()).not.toBe('SQLite format 3')
  })

  it('does not open with another key, without one, empty, or missing', async () => {
    await (await openStore(path, key, { create: true })).close()
    await expect(openStore(path, randomBytes(32), { create: false })).rejects.toThrow(StoreUnreadableError)
    const bare = new Database(path)
    expect(() => bare.prepare('SELECT * FROM sqlite_master').all()).toThrow()
    bare.close()
    truncateSync(path, 0)
    await expect(openStore(path, key, { create: false })).rejects.toThrow(StoreUnreadableError)
    rmSync(path)
    await expect(openStore(path, key, { create: false })).rejects.toThrow(StoreUnreadableError)
    expect(existsSync(path)).toBe(false)
  })

  it('refuses a file whose first page is damaged, and leaves it alone', async () => {
    await (await openStore(path, key, { create: true })).close()
    const bytes = readFileSync(path)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(path, bytes)
    await expect(openStore(path, key, { create: false })).rejects.toThrow(StoreUnreadableError)
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it('refuses a store written by a newer version, and leaves it alone', async () => {
    await (await openStore(path, key, { create: true })).close()
    const db = openRaw(path, key, 'write')
    db.pragma(`user_version = ${newestVersion + 1}`)
    db.close()
    await expect(openStore(path, key, { create: false })).rejects.toThrow(StoreFromFutureError)
  })

  it('has after all migrations exactly the columns of the models', async () => {
    const store = await openStore(path, key, { create: true })
    for (const model of Object.values(models)) {
      const table = model.options.tableName ?? model.options.name
      const columns = store.rawReader.prepare(`SELECT name FROM pragma_table_info(?)`).pluck().all(table) as string[]
      const expected = Object.entries(model.options.columns).map(([name, column]) => (column as { name?: string }).name ?? name)
      expect(columns.toSorted(), table).toEqual(expected.toSorted())
    }
    await store.close()
  })

  it('carries the lookup index exactly as the index describes itself', () => {
    expect(migrations[1]?.statements).toEqual(searchSchema)
  })
})

describe('migrations', () => {
  it.each(migrations.map(({ version, name }) => [version, name]))('keep every row of every table, value by value, from version %i (%s) to the newest, and in the copy', (version) => {
    const db = openRaw(path, key, 'write', true)
    migrate(db, path, key, migrations.slice(0, version))
    fillTables(db)
    const before = allRows(db)
    const result = migrate(db, path, key)
    expect(userVersion(db)).toBe(newestVersion)
    const after = allRows(db)
    for (const [table, old] of before) {
      const columns = Object.keys(old[0] ?? {})
      expect(old.length, table).toBeGreaterThanOrEqual(3)
      // Columns may have come, and reference data beside the rows that were there.
      const kept = (after.get(table) ?? []).map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])))
      expect(kept, table).toEqual(expect.arrayContaining([...old]))
    }
    expect(db.pragma('foreign_key_check')).toEqual([])
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
    expect(result.copy === null).toBe(version === newestVersion)
    if (result.copy === null) return
    const copy = openRaw(result.copy, key, 'read')
    expect(userVersion(copy)).toBe(version)
    expect(allRows(copy)).toEqual(before)
    copy.close()
  })

  it('that fail change nothing', () => {
    const db = openRaw(path, key, 'write', true)
    migrate(db, path, key)
    db.prepare(`INSERT INTO brand VALUES ('adria', 'Adria', 'S4')`).run()
    const bad = [...migrations, { version: newestVersion + 1, name: 'bad', statements: ['CREATE TABLE fresh (a)', 'DELETE FROM brand', 'SELECT nonsense'] }]
    expect(() => migrate(db, path, key, bad)).toThrow()
    const losing = [...migrations, { version: newestVersion + 1, name: 'losing', statements: ['DELETE FROM brand'] }]
    expect(() => migrate(db, path, key, losing)).toThrow('loses rows of brand')
    expect(userVersion(db)).toBe(newestVersion)
    expect(db.prepare('SELECT count(*) FROM brand').pluck().get()).toBe(5)
    expect(db.prepare(`SELECT count(*) FROM sqlite_master WHERE name = 'fresh'`).pluck().get()).toBe(0)
    db.close()
  })
})

describe('the copy before a migration', () => {
  const open = (): ReturnType<typeof openRaw> => {
    const db = openRaw(path, key, 'write', true)
    migrate(db, path, key)
    return db
  }
  const next = (version: number) => [...migrations, ...Array.from({ length: version - newestVersion }, (_, i) => ({ version: newestVersion + 1 + i, name: 'more', statements: [`CREATE TABLE more_${i} (a)`] }))]
  const copies = (): string[] => readdirSync(join(folder, 'copies'))

  it('is made of the store as it was, and the three newest are kept', () => {
    const db = open()
    for (let version = newestVersion + 1; version <= newestVersion + 8; version++) migrate(db, path, key, next(version))
    expect(copies().toSorted((a, b) => Number(/\d+/.exec(a)) - Number(/\d+/.exec(b)))).toEqual([6, 7, 8].map((more) => `before-version-${newestVersion + more}.db`))
    db.close()
  })

  it('takes the place of one of its name only when it is whole: that may be what is being brought up, and the only one', () => {
    const db = open()
    mkdirSync(join(folder, 'copies', `before-version-${newestVersion + 1}.db.part`, 'in the way'), { recursive: true })
    const precious = join(folder, 'copies', `before-version-${newestVersion + 1}.db`)
    writeFileSync(precious, 'the only one')
    expect(() => migrate(db, path, key, next(newestVersion + 1))).toThrow()
    expect(readFileSync(precious, 'utf8')).toBe('the only one')
    db.close()
  })

  it('stops the migration when it misses rows', () => {
    const db = open()
    // A copy that is short: one more row is written after the count was expected and before the copy is read.
    const prepare = db.prepare.bind(db)
    vi.spyOn(db, 'prepare').mockImplementation((sql: string) => {
      if (sql === 'VACUUM INTO ?') db.exec(`DELETE FROM brand WHERE id = 'etra'`)
      return prepare(sql)
    })
    expect(() => migrate(db, path, key, next(newestVersion + 1))).toThrow('the copy misses rows of brand')
    expect(userVersion(db)).toBe(newestVersion)
    db.close()
  })
})

describe('the data directory', () => {
  it('belongs to one process at a time', () => {
    const first = lockDataDirectory(folder)
    expect(() => lockDataDirectory(folder)).toThrow(DataDirectoryBusyError)
    first.release()
    lockDataDirectory(folder).release()
  })

  it('is not held by files that a dead process left behind', () => {
    const first = lockDataDirectory(folder)
    copyFileSync(join(folder, 'desk.lock'), join(folder, 'kept'))
    first.release()
    copyFileSync(join(folder, 'kept'), join(folder, 'desk.lock'))
    lockDataDirectory(folder).release()
  })
})
