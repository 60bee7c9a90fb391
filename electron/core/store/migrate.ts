import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openRaw } from './cipher.ts'
import type { DatabaseKey, RawDatabase } from './cipher.ts'
import { syncFile, syncFolder } from './durable.ts'
import { migrations, newestVersion } from './migrations/list.ts'
import type { Migration } from './migrations/list.ts'

/** The file was written by a newer Sportello: it is refused and left as it is, nothing is offered that deletes. */
export class StoreFromFutureError extends Error {
  override readonly name = 'StoreFromFutureError'
  /** The version of the file; 0 where it was not told. */
  readonly version: number

  constructor(message: string, version = 0) {
    super(message)
    this.version = version
  }
}

/** How far a migration is: steps that are done, of the copy and the versions to come. */
export type MigrationProgress = { readonly done: number; readonly total: number }

const copiesKept = 3

/**
 * Brings the store to the newest version. Each step runs in one transaction with its version number; before the first step on a
 * store that holds anything, a copy is made with `VACUUM INTO` and verified by opening it.
 */
export function migrate(
  db: RawDatabase,
  path: string,
  key: DatabaseKey,
  steps: readonly Migration[] = migrations,
  report: (progress: MigrationProgress) => void = () => undefined,
): { from: number; to: number; copy: string | null } {
  const from = userVersion(db)
  const newest = steps.length === migrations.length ? newestVersion : steps.length
  if (from > newest) throw new StoreFromFutureError(`store version ${from} is newer than ${newest}`, from)
  const pending = steps.filter((step) => step.version > from)
  if (pending.length === 0) return { from, to: from, copy: null }
  const { total } = migrationAhead(from, steps)
  let rows = rowCounts(db)
  const copy = from > 0 ? verifiedCopy(db, path, key, from, rows) : null
  for (const [index, step] of pending.entries()) {
    report({ done: total - pending.length + index, total })
    rows = runStep(db, step, rows)
  }
  return { from, to: userVersion(db), copy }
}

/** What a store of this version has before it. */
export function migrationAhead(from: number, steps: readonly Migration[] = migrations): MigrationProgress {
  const pending = steps.filter((step) => step.version > from).length
  return { done: 0, total: pending + (from > 0 ? 1 : 0) }
}

export function userVersion(db: RawDatabase): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** Answers how many rows each table has afterwards. */
function runStep(db: RawDatabase, step: Migration, before: ReadonlyMap<string, number>): Map<string, number> {
  return db.transaction(() => {
    if (userVersion(db) !== step.version - 1) throw new Error(`migration ${step.version} does not follow version ${userVersion(db)}`)
    for (const statement of step.statements) db.prepare(statement).run()
    const after = rowCounts(db)
    const lost = [...before].filter(([table, rows]) => (after.get(table) ?? rows) < rows).map(([table]) => table)
    if (lost.length > 0) throw new Error(`migration ${step.version} loses rows of ${lost.join(', ')}`)
    const broken = db.pragma('foreign_key_check')
    if (Array.isArray(broken) && broken.length > 0) throw new Error(`migration ${step.version} breaks references`)
    db.pragma(`user_version = ${step.version}`)
    return after
  }).exclusive()
}

/** Each count reads a whole table, so it is taken once a step. The lookup index can be made anew: it is not counted. */
function rowCounts(db: RawDatabase): Map<string, number> {
  const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'search_*'`).pluck().all() as string[]
  return new Map(tables.map((table) => [table, Number(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get())]))
}

/** A copy beside the store, encrypted with the same key, opened and counted before it is trusted. */
function verifiedCopy(db: RawDatabase, path: string, key: DatabaseKey, version: number, expected: ReadonlyMap<string, number>): string {
  const folder = join(dirname(path), 'copies')
  mkdirSync(folder, { recursive: true })
  const copy = join(folder, `before-version-${version + 1}.db`)
  // Under its name when it is whole: what is brought up may itself be a copy of that name that was put back, and the only one.
  const part = `${copy}.part`
  rmSync(part, { force: true })
  db.prepare('VACUUM INTO ?').run(part)
  const opened = openRaw(part, key, 'read')
  try {
    if (userVersion(opened) !== version) throw new Error('the copy has another version')
    for (const [table, rows] of rowCounts(opened)) if (expected.get(table) !== rows) throw new Error(`the copy misses rows of ${table}`)
  } finally {
    opened.close()
  }
  syncFile(part)
  renameSync(part, copy)
  syncFolder(folder)
  const copies = readdirSync(folder).filter((name) => /^before-version-\d+\.db$/.test(name))
  for (const old of copies.toSorted((a, b) => versionIn(a) - versionIn(b)).slice(0, -copiesKept)) rmSync(join(folder, old))
  return copy
}

function versionIn(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0)
}
