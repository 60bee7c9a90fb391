import type { PgBoss } from 'pg-boss'

/** Ids and counts only: what a job is about stays in its own table. */
export type JobData = { readonly [key: string]: unknown }

/** Work that any process of the hub may do, once, and again when it fails. */
export type Job = {
  readonly queue: string
  /** Wall time in Italy, as cron writes it; `null` for jobs that are queued one by one. */
  readonly cron: string | null
  readonly run: (call: { readonly data: JobData; readonly attempt: number; readonly isLast: boolean; readonly signal: AbortSignal }) => Promise<void>
  /** Asked every little while by every process: queues what is waiting. */
  readonly sweep?: (boss: PgBoss) => Promise<void>
}
