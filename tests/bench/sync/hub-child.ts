/** The hub in a process of its own, as in production: what the load generator needs of the machine is then seen apart from it. */
import { Writable } from 'node:stream'
import { usualConcurrency } from '../../../hub/server/config.ts'
import { createHub } from '../../../hub/server/create-hub.ts'
import { hubHashCost } from '../../../hub/identity/passwords.ts'

const [databaseUrl = '', dataDir = ''] = process.argv.slice(2)
// Nobody else would end it where the bench was killed.
process.once('disconnect', () => process.exit(0))
const hub = await createHub({
  config: {
    hubName: 'Bench', version: '0.1.0', production: false, host: '127.0.0.1', port: 0, trustedProxies: [], dataDir, metricsToken: null,
    mail: { devDir: dataDir, smtpUrl: null, from: 'bench@example.org' }, passwordCost: hubHashCost, concurrency: usualConcurrency, threads: true, rateLimits: true,
  },
  databaseUrl,
  clock: { now: () => new Date() },
  logTo: new Writable({ write: (_chunk, _encoding, done) => done() }),
})
const port = await hub.listen()
let peak = 0
setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50).unref()
process.on('message', (asked) => {
  if (asked === 'usage') process.send?.({ cpu: process.cpuUsage(), peak: Math.max(peak, process.memoryUsage().rss) })
  if (asked === 'forget') peak = 0
  if (asked === 'stop') void hub.stop().then(() => process.exit(0))
})
process.send?.({ port })
