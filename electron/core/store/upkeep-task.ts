/** What the upkeep worker does with a database; plain functions, so that they can be tried without a thread. */
import { renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { openRaw } from './cipher.ts'
import type { DatabaseKey, RawDatabase } from './cipher.ts'
import { damageOf, isDamage } from './damage.ts'
import { syncFile, syncFolder } from './durable.ts'
import { userVersion } from './migrate.ts'
import { newestVersion } from './migrations/list.ts'
import type { Damage } from '../../../shared/contract/recovery.ts'

/** `quick` leaves out whether indexes and tables agree; each reads every page in use. */
export type CheckDepth = 'quick' | 'full'
export type Checked = { readonly sound: true } | { readonly sound: false; readonly found: Damage }
export type Inspected = { readonly state: 'good'; readonly lastSeq: number; readonly customers: number } | { readonly state: 'damaged' } | { readonly state: 'too_new' }

/** Reads a database to its end. Only damage is an answer; anything else, such as no memory, is thrown. */
export function checkDatabase(path: string, key: DatabaseKey, depth: CheckDepth): Checked {
  try {
    const db = openRaw(path, key, 'read')
    try {
      const said: unknown = db.pragma(depth === 'quick' ? 'quick_check(1)' : 'integrity_check(1)', { simple: true })
      return said === 'ok' ? { sound: true } : { sound: false, found: 'pages' }
    } finally {
      db.close()
    }
  } catch (error) {
    if (isDamage(error)) return { sound: false, found: damageOf(error) }
    throw error
  }
}

/**
 * A copy of what is committed, encrypted with the same key; it has its name only when it was opened, read to its end, and found to hold
 * at least what the database held when it was begun. A database with a page that cannot be read gives no copy.
 */
export function makeCopy(path: string, key: DatabaseKey, into: string): Inspected & { state: 'good' } {
  const part = `${into}.part`
  rmSync(part, { force: true })
  const db = openRaw(path, key, 'read')
  let least = 0
  try {
    least = lastSeq(db)
    db.prepare('VACUUM INTO ?').run(part)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  } finally {
    db.close()
  }
  const copy = inspectCopy(part, key)
  if (copy.state !== 'good' || copy.lastSeq < least) {
    rmSync(part, { force: true })
    throw new Error('the copy does not hold what was copied')
  }
  syncFile(part)
  renameSync(part, into)
  syncFolder(dirname(into))
  return copy
}

/** Opens a copy with the key of this desk and reads it to its end. */
export function inspectCopy(path: string, key: DatabaseKey): Inspected {
  if (!checkDatabase(path, key, 'quick').sound) return { state: 'damaged' }
  const db = openRaw(path, key, 'read')
  try {
    const version = userVersion(db)
    if (version > newestVersion) return { state: 'too_new' }
    if (version < 1) return { state: 'damaged' }
    return { state: 'good', lastSeq: lastSeq(db), customers: Number(db.prepare('SELECT count(*) FROM customer').pluck().get()) }
  } finally {
    db.close()
  }
}

/** The highest number ever given to an operation in this database. */
export function lastSeq(db: RawDatabase): number {
  return Number(db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'outbox'`).pluck().get() ?? 0)
}
