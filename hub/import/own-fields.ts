import type { Tx } from '../server/parts.ts'

/** Columns of a customer that people change here (see the trigger in the first migration). */
const ownable = ['last_name', 'first_name', 'company_name', 'tax_code', 'vat_number', 'phone', 'mobile', 'email'] as const

/**
 * Writes what was changed here over what the extract says, in the staged customers: it stands until the billing system says the same. That
 * an address is unreachable stands for as long as it is the same address.
 */
export async function keepOwnFields(tx: Tx, stage: string): Promise<void> {
  const { rowCount } = await tx.query('SELECT 1 FROM field_owner LIMIT 1')
  if (rowCount === 0) return
  const held = (field: string, only = '') => `UPDATE ${stage} s SET ${field} = c.${field} FROM field_owner o JOIN customer c ON c.id = o.customer_id
    WHERE o.field = '${field}' AND s.id = o.customer_id AND s.${field} IS DISTINCT FROM c.${field}${only}`
  for (const field of ownable) await tx.query(held(field))
  await tx.query(held('email_state', ' AND s.email IS NOT DISTINCT FROM c.email'))
}

/** Gives back what the billing system now says as well. Call it before `keepOwnFields`, with the rows as they were read. */
export async function releaseOwnFields(tx: Tx, stage: string): Promise<void> {
  const { rowCount } = await tx.query('SELECT 1 FROM field_owner LIMIT 1')
  if (rowCount === 0) return
  for (const field of ownable)
    await tx.query(`DELETE FROM field_owner o USING ${stage} s WHERE o.field = '${field}' AND s.id = o.customer_id AND s.${field} IS NOT DISTINCT FROM o.value`)
  await tx.query(`DELETE FROM field_owner o USING ${stage} s, customer c WHERE o.field = 'email_state' AND s.id = o.customer_id AND c.id = s.id
    AND (s.email_state IS NOT DISTINCT FROM o.value OR s.email IS DISTINCT FROM c.email
      AND NOT EXISTS (SELECT 1 FROM field_owner e WHERE e.customer_id = o.customer_id AND e.field = 'email'))`)
}
