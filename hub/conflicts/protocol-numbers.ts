import type { Tx } from '../server/parts.ts'

/**
 * The next protocol numbers of a year, `2026/000123` (reliability, table 3.6): without gaps, because a batch that is not committed gives
 * them back. The year's row stays locked until then.
 */
export async function protocolNumbers(tx: Tx, year: number, count: number): Promise<readonly string[]> {
  if (count === 0) return []
  const { rows } = await tx.query<{ last: number }>('INSERT INTO ticket_number (year, last) VALUES ($1, $2) ON CONFLICT (year) DO UPDATE SET last = ticket_number.last + excluded.last RETURNING last', [year, count])
  const last = rows[0]?.last ?? 0
  return Array.from({ length: count }, (_, index) => `${year}/${String(last - count + index + 1).padStart(6, '0')}`)
}
