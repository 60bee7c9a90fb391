import type { JobOptions } from '../../../hub/jobs/jobs-module.ts'

/** Ten seconds are the least the queue takes. */
export const quickJobs: JobOptions = { pollSeconds: 0.5, mailRetries: { limit: 3, delay: 1, delayMax: 1 }, silentSeconds: 10, superviseSeconds: 1 }
