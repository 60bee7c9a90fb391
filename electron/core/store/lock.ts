import Database from 'better-sqlite3-multiple-ciphers'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

/** Another Sportello is working on this data directory. */
export class DataDirectoryBusyError extends Error {
  override readonly name = 'DataDirectoryBusyError'
}

/**
 * Takes the data directory for this process. The lock is the operating system's, held through an open file of its own,
 * so it ends with the process however it ends: no stale lock files, no process numbers to guess about.
 */
export function lockDataDirectory(dataDir: string): { release: () => void } {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'desk.lock')
  // A file that may only be read would be opened so without a word, and locked by nobody.
  closeSync(openSync(path, 'a', 0o600))
  const db = new Database(path, { timeout: 200 })
  try {
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    db.close()
    if (isBusy(cause)) throw new DataDirectoryBusyError('another Sportello is working on this data directory', { cause })
    throw cause
  }
  return { release: () => db.close() }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'SQLITE_BUSY' || error.code === 'SQLITE_LOCKED')
}
