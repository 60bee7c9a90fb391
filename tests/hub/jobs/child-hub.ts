/** A hub that does nothing but jobs, in a process of its own, to be killed in the middle of one. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createJobsModule } from '../../../hub/jobs/jobs-module.ts'
import { createHub } from '../../../hub/server/create-hub.ts'
import { quickJobs } from './quick-jobs.ts'

const [databaseUrl = '', smtpUrl = ''] = process.argv.slice(2)
const hub = await createHub({
  config: {
    hubName: 'Hub di prova', version: '0.1.0', production: false, host: '127.0.0.1', port: 0, trustedProxies: [], dataDir: mkdtempSync(join(tmpdir(), 'sportello-hub-')), metricsToken: null,
    mail: { devDir: null, smtpUrl, from: 'Sportello <sportello@hub.example>' }, passwordCost: { memoryKiB: 64, passes: 1 }, concurrency: 100, rateLimits: false, threads: false,
  },
  databaseUrl,
  clock: { now: () => new Date() },
  modules: [(parts) => createJobsModule(parts, quickJobs)],
})
process.stderr.write(`port ${await hub.listen()}\n`)
