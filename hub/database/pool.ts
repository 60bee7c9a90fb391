import { Pool, types } from 'pg'
import type { CustomTypesConfig, PoolClient } from 'pg'

/** Counts, cents and positions stay below 2^53; a number beyond that is a fault and must not be rounded. */
function safeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a number of the database is too large')
  return value
}
type TypeId = Parameters<typeof types.getTypeParser>[0]
const parsers: CustomTypesConfig = { getTypeParser: (oid: TypeId, format?: 'text' | 'binary'): ((value: string) => unknown) => (oid === types.builtins.INT8 ? safeNumber : (types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown)) }

export type PoolOptions = {
  readonly url: string
  readonly max?: number
  /** Milliseconds; 0 for none, for work that takes long by nature. */
  readonly statementTimeout?: number
  readonly name?: string
}

/** Connections that give up rather than wait for each other, and are ended when they forget an open transaction. */
export function createPool({ url, max = 10, statementTimeout = 15_000, name = 'sportello-hub' }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    types: parsers,
    application_name: name,
    options: '-c TimeZone=UTC',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeout,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 5_000,
    keepAlive: true,
  })
  // An idle connection that broke is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  // The same for one that breaks between two statements of a transaction: the next statement says so.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Commits when `work` resolves, rolls back when it rejects. A connection whose rollback fails is thrown away. */
export async function inTransaction<T>(pool: Pool, work: (tx: PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool.connect()
  let broken: Error | undefined
  try {
    await tx.query('BEGIN')
    const result = await work(tx)
    await tx.query('COMMIT')
    return result
  } catch (error) {
    await tx.query('ROLLBACK').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error('rollback failed')
    })
    throw error
  } finally {
    tx.release(broken)
  }
}
