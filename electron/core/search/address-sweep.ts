import type { RawDatabase } from '../store/cipher.ts'
import { ADDRESS_MARK } from './index-marks.ts'

/** More changed addresses than this are not looked for one by one: the whole index is gone through. */
const MAX_SWEPT = 20_000
const ROWS = 2000

/**
 * Finds the customers of changed addresses. Neither customers nor supply points are indexed by address, so both are read through once
 * for all changed addresses together, in portions. Its position is kept in memory: interrupted, it begins again.
 */
export function createAddressSweep(db: RawDatabase) {
  const marks = db.prepare<[string, string, number], string>('SELECT name FROM search_state WHERE name >= ? AND name < ? LIMIT ?').pluck()
  const unmark = db.prepare('DELETE FROM search_state WHERE name = ?')
  const unmarkAll = db.prepare('DELETE FROM search_state WHERE name >= ? AND name < ?')
  const customers = db.prepare<[number, number], { n: number; address: string | null }>(
    'SELECT n, address_id AS address FROM customer WHERE n > ? ORDER BY n LIMIT ?')
  const points = db.prepare<[string, number], { id: string; address: string | null }>(
    'SELECT id, address_id AS address FROM supply_point WHERE id > ? ORDER BY id LIMIT ?')
  const dirty = db.prepare('INSERT OR IGNORE INTO search_dirty (n) VALUES (?)')
  const dirtyByPoint = db.prepare(`INSERT OR IGNORE INTO search_dirty (n)
    SELECT c.n FROM contract k JOIN customer c ON c.id = k.customer_id WHERE k.supply_point_id = ?`)
  const END = `${ADDRESS_MARK.slice(0, -1)};`
  let wanted: ReadonlySet<string> | null = null
  let customerAt = 0
  let pointAt: string | null = ''

  function begin(): ReadonlySet<string> {
    customerAt = 0
    pointAt = ''
    return new Set(marks.all(ADDRESS_MARK, END, MAX_SWEPT).map(name => name.slice(ADDRESS_MARK.length)))
  }

  return {
    pending: (): boolean => marks.get(ADDRESS_MARK, END, 1) !== undefined,
    isTooMuch: (): boolean => marks.all(ADDRESS_MARK, END, MAX_SWEPT).length === MAX_SWEPT,
    clear(): void {
      unmarkAll.run(ADDRESS_MARK, END)
      wanted = null
    },
    /** Sweeps on until the deadline; true when all customers of the marked addresses are in `search_dirty`. */
    run(deadline: number): boolean {
      wanted ??= begin()
      while (customerAt >= 0) {
        if (performance.now() >= deadline) return false
        const rows = customers.all(customerAt, ROWS)
        for (const { n, address } of rows) if (address !== null && wanted.has(address)) dirty.run(n)
        customerAt = rows.length < ROWS ? -1 : (rows.at(-1)?.n ?? -1)
      }
      while (pointAt !== null) {
        if (performance.now() >= deadline) return false
        const rows = points.all(pointAt, ROWS)
        for (const { id, address } of rows) if (address !== null && wanted.has(address)) dirtyByPoint.run(id)
        pointAt = rows.length < ROWS ? null : (rows.at(-1)?.id ?? null)
      }
      for (const id of wanted) unmark.run(ADDRESS_MARK + id)
      wanted = null
      return true
    },
  }
}
