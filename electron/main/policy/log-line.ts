/** What may stand in the local log: codes, counts and names of errors. Everything else becomes `?` before it reaches the disk. */

export type LogFields = { readonly [key: string]: string | number | boolean }

const event = /^[a-z][a-z0-9_]{0,40}$/
/** `crashed`, `blocked_missing`, `clean-exit`; `SQLITE_FULL`, `ENOSPC`, `ERR_INVALID_ARG_TYPE`; `TypeError`; a reference number. */
const words = [/^[a-z]{1,20}(?:[_-][a-z0-9]{1,20}){0,4}$/, /^[A-Z]{2,20}(?:_[A-Z]{1,20}){0,6}$/, /^(?:[A-Z][A-Za-z]{0,40})?Error$/, /^[0-9a-f]{12}$/]
/** Fields that hold a word from a fixed list of ours or of Electron's; only there is a text kept at all. */
const wordFields: ReadonlySet<string> = new Set(['reference', 'name', 'code', 'reason', 'type', 'state', 'store', 'act', 'problem'])

/** One line of JSON without its line end. */
export function logLine(at: string, level: 'info' | 'error', name: string, fields: LogFields): string {
  const kept = Object.entries(fields).map(([key, value]) => [event.test(key) || /^[a-z][A-Za-z]{0,20}$/.test(key) ? key : '?', plain(key, value)])
  return JSON.stringify({ at, level, event: event.test(name) ? name : '?', ...Object.fromEntries(kept) })
}

function plain(field: string, value: string | number | boolean): string | number | boolean {
  if (typeof value !== 'string') return typeof value === 'boolean' || isSmall(value) ? value : '?'
  return wordFields.has(field) && words.some((word) => word.test(value)) ? value : '?'
}

/** A count, an exit code, a duration; never a telephone or a customer number. Exit codes on Windows have 32 bits. */
function isSmall(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 32
}
