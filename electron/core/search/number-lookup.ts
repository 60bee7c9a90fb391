import type { RawDatabase } from '../store/cipher.ts'

/** A customer found through the number of an invoice or the code of a ticket: the short one of the desk for ever, and the hub's number as soon as there is one. */
export type NumberHit = { readonly n: number; readonly reason: 'invoice_number' | 'ticket_code'; readonly value: string; readonly serviceCode: string | null }

type Found = { readonly n: number; readonly value: string; readonly serviceCode: string | null }

/** Finds customers by invoice number, ticket code and protocol number, which have indexes of their own and are not part of `search_key`. */
export function createNumberLookup(db: RawDatabase) {
  const has = (table: string): boolean => db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table) !== undefined
  const invoices = has('invoice') ? db.prepare<[string], Found>(`
    SELECT c.n, i.number AS value, k.service_code AS serviceCode FROM invoice i
    JOIN customer c ON c.id = i.customer_id LEFT JOIN contract k ON k.id = i.contract_id WHERE i.number = ? ORDER BY c.n`) : null
  const tickets = has('ticket') ? db.prepare<[string, string], Found>(`
    SELECT c.n, t.code AS value, NULL AS serviceCode FROM ticket t JOIN customer c ON c.id = t.customer_id WHERE t.code = ?
    UNION ALL SELECT c.n, t.number, NULL FROM ticket t JOIN customer c ON c.id = t.customer_id WHERE t.number = ?`) : null

  /** Customers whose invoice or ticket has one of these numbers, each once. */
  return function findNumbers(numbers: readonly string[]): NumberHit[] {
    const found = new Map<number, NumberHit>()
    for (const number of numbers) {
      for (const hit of tickets?.all(number, number) ?? []) if (!found.has(hit.n)) found.set(hit.n, { ...hit, reason: 'ticket_code' })
      for (const hit of invoices?.all(number) ?? []) if (!found.has(hit.n)) found.set(hit.n, { ...hit, reason: 'invoice_number' })
    }
    return [...found.values()]
  }
}
