import { PgBoss } from 'pg-boss'
import type { Db } from 'pg-boss'
import type { Pool, PoolClient } from 'pg'
import { describeError } from '../server/error-answers.ts'
import type { HubParts } from '../server/parts.ts'
import { jobSchema } from './job-schema.ts'

/** Runs the queue's statements on a connection of ours, so that a job is queued in the transaction that needs it. */
export const onConnection = (client: Pool | PoolClient): Db => ({ executeSql: (text, values) => client.query(text, values === undefined ? undefined : [...values]) })

/** A queue on the hub's own connections and role: its tables are made by the migration, never here. Every so many seconds it looks for jobs whose process is gone. */
export function createBoss(hub: Pick<HubParts, 'pool' | 'log'>, superviseSeconds: number): PgBoss {
  const boss = new PgBoss({ db: onConnection(hub.pool), schema: jobSchema, migrate: false, createSchema: false, reindex: false, persistWarnings: false, cronWorkerIntervalSeconds: 5, superviseIntervalSeconds: superviseSeconds, monitorIntervalSeconds: superviseSeconds })
  boss.on('error', (error) => hub.log.warn({ err: describeError(error) }, 'job queue'))
  return boss
}
