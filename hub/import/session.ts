import type { Pool } from 'pg'
import type { Tx } from '../server/parts.ts'

/** Another import into this database is at work. */
export class HubImportRunningError extends Error {
  override readonly name = 'HubImportRunningError'
}
/** The folder does not exist, or holds none of the nine files. */
export class HubNoExtractsError extends Error {
  override readonly name = 'HubNoExtractsError'
}

const importLock = 7_361_003

/** One connection for a whole import, held by a lock of the database against a second one. It may take long and wait. */
export async function inImportSession<T>(pool: Pool, work: (client: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query(`SET statement_timeout = 0`)
    await client.query(`SET lock_timeout = '30s'`)
    await client.query(`SET idle_in_transaction_session_timeout = 0`)
    await client.query(`SET work_mem = '128MB'`)
    await client.query(`SET temp_buffers = '64MB'`)
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [importLock])
    if (rows[0]?.taken !== true) throw new HubImportRunningError('an import into this database is running')
    const result = await work(client)
    await client.query('DISCARD ALL')
    broken = false
    return result
  } finally {
    // The settings, the lock and the temporary tables go with the connection.
    client.release(broken)
  }
}

/** Deadlock, serialization, and a unique value that somebody took in the same moment: the next try sees it. */
const passing = new Set(['40P01', '40001', '23505', '55P03'])
const tries = 5

/** One transaction on a connection of one's own; repeated when it collided with what others wrote. */
export async function inTransactionOn<T>(client: Tx, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    await client.query('BEGIN')
    try {
      const result = await work()
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (attempt >= tries || !passing.has(code)) throw error
    }
  }
}
