import Database from 'better-sqlite3-multiple-ciphers'
import { openSync, readSync, closeSync, existsSync, statSync } from 'node:fs'
import type { Damage } from '../../../shared/contract/recovery.ts'

export type RawDatabase = InstanceType<typeof Database>

/** 32 random bytes; the caller owns and zeroes the buffer. Never in argv, environment or a log. */
export type DatabaseKey = Uint8Array

const minimumSqlite = [3, 53, 0] as const
/** KiB of decrypted pages kept per connection. */
const cacheKiB = 96 * 1024

/**
 * What every connection must say when asked (reliability 4): FULL, because WAL defaults to NORMAL in this build and a commit
 * could vanish at power loss; temp_store MEMORY, because spilled sorts are not encrypted.
 */
const pragmas = [
  ['temp_store', 'MEMORY', 2],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
] as const

export class StoreUnreadableError extends Error {
  override readonly name = 'StoreUnreadableError'
  /** How the file was found. */
  readonly found: Damage

  constructor(message: string, options: ErrorOptions & { readonly found?: Damage } = {}) {
    super(message, options)
    this.found = options.found ?? 'unreadable'
  }
}

/** Gives the key to a fresh connection; must come before any other statement. */
export function unlock(db: RawDatabase, key: DatabaseKey): void {
  db.pragma(`cipher='sqlcipher'`)
  db.pragma(`key="x'${Buffer.from(key).toString('hex')}'"`)
}

/** Unlocks, sets and asserts every pragma. Throws `StoreUnreadableError` for a wrong key or a damaged first page: the two look alike. */
export function prepareConnection(db: RawDatabase, key: DatabaseKey, mode: 'write' | 'read' | 'bulk'): void {
  unlock(db, key)
  try {
    db.prepare('SELECT count(*) FROM sqlite_master').get()
  } catch (cause) {
    throw new StoreUnreadableError('the database cannot be read with this key', { cause })
  }
  if (mode !== 'read') expectPragma(db, 'journal_mode', 'WAL', 'wal')
  for (const [name, value, reading] of pragmas) expectPragma(db, name, value, reading)
  db.pragma('busy_timeout = 5000')
  db.pragma(`cache_size = -${cacheKiB}`)
  db.pragma('wal_autocheckpoint = 500')
  assertVersion(db)
}

function expectPragma(db: RawDatabase, name: string, value: string, reading: number | string): void {
  db.pragma(`${name} = ${value}`)
  const actual: unknown = db.pragma(name, { simple: true })
  if (actual !== reading) throw new Error(`pragma ${name} is ${String(actual)}, not ${reading}`)
}

function assertVersion(db: RawDatabase): void {
  const text = String(db.prepare('SELECT sqlite_version()').pluck().get())
  const parts = text.split('.').map(Number)
  for (const [i, least] of minimumSqlite.entries()) {
    const part = parts[i] ?? 0
    if (part > least) return
    if (part < least) throw new Error(`SQLite ${text} is older than ${minimumSqlite.join('.')}`)
  }
}

/**
 * Proves that the file is encrypted: a cipher that is silently ignored would leave everything in clear.
 * An empty file proves nothing and is refused.
 */
export function assertEncrypted(path: string): void {
  const header = Buffer.alloc(16)
  const file = openSync(path, 'r')
  try {
    if (readSync(file, header, 0, 16, 0) < 16) throw new Error('the database file is empty')
  } finally {
    closeSync(file)
  }
  if (header.toString('latin1').startsWith('SQLite format 3')) throw new Error('the database file is not encrypted')
  const keyless = new Database(path, { readonly: true })
  try {
    keyless.prepare('SELECT count(*) FROM sqlite_master').get()
  } catch {
    return
  } finally {
    keyless.close()
  }
  throw new Error('the database opens without a key')
}

/** Opens a plain handle (import worker, index build, backup). Missing and empty files are refused unless `create`. */
export function openRaw(path: string, key: DatabaseKey, mode: 'write' | 'read' | 'bulk', create = false): RawDatabase {
  if (!create) requireDatabaseFile(path)
  const db = new Database(path, { readonly: mode === 'read', fileMustExist: !create })
  try {
    prepareConnection(db, key, mode)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A zero-length file opens as an empty database without an error: never show that as success. */
export function requireDatabaseFile(path: string): void {
  if (!existsSync(path)) throw new StoreUnreadableError('the database file is missing', { found: 'missing' })
  if (statSync(path).size === 0) throw new StoreUnreadableError('the database file is empty', { found: 'empty' })
}
