import type { RawDatabase } from '../store/cipher.ts'

/**
 * How many customers the store holds, without reading them all: a million take a tenth of a second, which no call may hold the event
 * loop for. They are numbered without gaps from 1, and a customer is never removed (a row missing from an extract is no deletion);
 * whoever adds a removal has to count here too, and a test says so.
 */
export function customerCount(db: RawDatabase): number {
  return Number(db.prepare('SELECT coalesce(max(n), 0) FROM customer').pluck().get())
}
