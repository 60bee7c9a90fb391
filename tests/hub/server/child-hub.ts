/** The whole hub in a process of its own: says its port. */
import { createHub } from '../../../hub/server/create-hub.ts'

const [databaseUrl = '', smtpUrl = '', dataDir = ''] = process.argv.slice(2)
const hub = await createHub({
  config: {
    hubName: 'Hub di prova', version: '0.1.0', production: false, host: '127.0.0.1', port: 0, trustedProxies: [], dataDir, metricsToken: null,
    mail: { devDir: null, smtpUrl, from: 'Sportello <sportello@hub.example>' }, passwordCost: { memoryKiB: 64, passes: 1 }, concurrency: 100, rateLimits: true, threads: true,
  },
  databaseUrl,
  clock: { now: () => new Date() },
})
process.stderr.write(`port ${await hub.listen()}\n`)
process.once('SIGTERM', () => void hub.stop().then(() => process.exit(0)))
