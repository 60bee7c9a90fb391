/** A hub in a process of its own, to be killed: says its port, and then serves until it is gone. */
import { tmpdir } from 'node:os'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { createHub } from '../../../hub/server/create-hub.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'

const [databaseUrl = ''] = process.argv.slice(2)
const hub = await createHub({
  config: {
    hubName: 'Hub di prova', version: '0.1.0', production: false, host: '127.0.0.1', port: 0, trustedProxies: [], dataDir: mkdtempSync(join(tmpdir(), 'sportello-hub-')), metricsToken: null,
    mail: { devDir: null, smtpUrl: null, from: 'sportello@example.org' }, passwordCost: { memoryKiB: 64, passes: 1 }, concurrency: 100, threads: true, rateLimits: false,
  },
  databaseUrl,
  clock: { now: () => new Date() },
  modules: [syncModule],
})
process.stderr.write(`port ${await hub.listen()}\n`)
