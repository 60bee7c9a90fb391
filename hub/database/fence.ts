import type { PoolClient } from 'pg'
import { readerRole } from './roles.ts'

const separator = '\u001f'

/**
 * From here to the end of the transaction only what belongs to these territories, or to everybody, is there to be read, and nothing can be
 * written: the second fence, behind the conditions of the queries themselves (docs/decisions/0027). `bulk` is for what
 * copies all of a territory's rows: only whose customers they are is fenced then, and the rows hang on the customers.
 */
export async function fence(tx: PoolClient, territories: readonly string[], { bulk = false } = {}): Promise<void> {
  await tx.query(`SELECT set_config('sportello.fence', $1, true), set_config('sportello.bulk', $2, true), set_config('role', $3, true)`, [territories.join(separator), bulk ? 'on' : '', readerRole])
}
