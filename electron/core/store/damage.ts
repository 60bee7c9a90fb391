import type { Damage } from '../../../shared/contract/recovery.ts'
import { StoreUnreadableError } from './cipher.ts'

/** What SQLite says of a page whose bytes are not what was written: every page carries a check of its own, so that no flip is read as data. */
const damageCodes = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_SHORT_READ', 'SQLITE_IOERR_DATA', 'SQLITE_IOERR_CORRUPTFS', 'SQLITE_IOERR_READ'] as const

/** The database was read and is not whole; neither a full disk nor a wrong call. */
export function isDamage(error: unknown): boolean {
  if (error instanceof StoreUnreadableError) return true
  const code = codeOf(error)
  return damageCodes.some((known) => code === known || code.startsWith(`${known}_`))
}

/** How the file was found, from what opening or checking it has said. */
export function damageOf(error: unknown): Damage {
  return error instanceof StoreUnreadableError ? error.found : 'pages'
}

/** The code of the disk or of SQLite; an error loses it on its way out of a worker thread. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'driverError' in error ? codeOf(error.driverError) : ''
}
