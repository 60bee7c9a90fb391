import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { acquisitionJob } from '../exports/acquisition.ts'
import { exportRoutes } from '../exports/export-routes.ts'
import { mailJob } from '../mail/mail-job.ts'
import type { MailRetries } from '../mail/mail-job.ts'
import { mailRoutes } from '../mail/mail-routes.ts'
import { describeError } from '../server/error-answers.ts'
import type { HubModule, HubParts } from '../server/parts.ts'
import { createBoss } from './boss.ts'
import type { Job, JobData } from './job.ts'

export type JobOptions = {
  readonly pollSeconds: number
  readonly mailRetries?: MailRetries
  /** A job whose process has given no sign for so long is another's. */
  readonly silentSeconds?: number
  readonly superviseSeconds?: number
}

/** What the hub does by itself: mail, and the files for the billing system. */
export const jobsModule: HubModule = (hub) => createJobsModule(hub, { pollSeconds: 2 })

export function createJobsModule(hub: HubParts, options: JobOptions): ReturnType<HubModule> {
  const mail = mailJob(hub, options.mailRetries)
  const jobs: readonly Job[] = [mail, acquisitionJob(hub)]
  let boss: PgBoss | null = null
  let timer: ReturnType<typeof setInterval> | null = null
  let sweeping: Promise<void> | null = null

  /** While the database may lose what it acknowledges nothing is begun: what was sent could not be told from what was not. */
  async function sweep(queue: PgBoss): Promise<void> {
    if (!hub.databaseIsSafe()) return
    for (const job of jobs) await job.sweep?.(queue).catch((error: unknown) => hub.log.warn({ queue: job.queue, err: describeError(error) }, 'jobs could not be queued'))
  }

  return {
    name: 'jobs',
    routes: [...mailRoutes(hub), ...exportRoutes(hub)],
    start: async () => {
      const queue = createBoss(hub, options.superviseSeconds ?? 15)
      const signs = { heartbeatSeconds: options.silentSeconds ?? 45 }
      boss = await queue.start()
      for (const job of jobs) {
        await queue.createQueue(job.queue, signs)
        // One that was there before keeps what it was made with.
        await queue.updateQueue(job.queue, signs)
        await queue.work(job.queue, { pollingIntervalSeconds: Math.max(0.5, options.pollSeconds), includeMetadata: true, batchSize: 1, burstWhenBatchFull: true }, async ([found]: JobWithMetadata<JobData | null>[]) => {
          if (!found) return
          await job.run({ data: found.data ?? {}, attempt: found.retryCount + 1, isLast: found.retryCount >= found.retryLimit, signal: found.signal })
        })
        if (job.cron !== null) await queue.schedule(job.queue, job.cron, null, { tz: 'Europe/Rome', missed: 'once' })
      }
      timer = setInterval(() => {
        sweeping ??= sweep(queue).finally(() => (sweeping = null))
      }, options.pollSeconds * 1000)
      timer.unref()
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer)
      await sweeping
      await boss?.stop({ graceful: true, timeout: 10_000 })
    },
  }
}
