/** A hub in a process of its own whose statements are numbered: it can be killed at one, or lose its connection to the database there. */
import { Client } from 'pg'
import { createHub } from '../../../hub/server/create-hub.ts'
import { conflictsModule } from '../../../hub/conflicts/conflicts-module.ts'
import { createCode } from '../../../hub/identity/enrolment-codes.ts'
import { identityModule } from '../../../hub/identity/identity-module.ts'
import { inTransaction } from '../../../hub/database/pool.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { testHashCost } from '../../support/hash-cost.ts'
import type { HubRequest, StatementFault } from './hub-process.ts'

const [, , databaseUrl = '', adminUrl = '', dataDir = ''] = process.argv
let armed: { readonly at: number; readonly how: StatementFault } | null = null
let counted = 0
/** How the statement begins that is the first to count. */
let from = ''
let release: (() => void) | null = null
let statements: string[] = []

type Query = (this: Client, ...given: unknown[]) => unknown
const plain = Reflect.get(Client.prototype, 'query') as Query
Reflect.set(Client.prototype, 'query', function numbered(this: Client, ...given: unknown[]): unknown {
  const { application_name: owner } = (this as unknown as { connectionParameters: { application_name?: string } }).connectionParameters
  const text = typeof given[0] === 'string' ? given[0] : ((given[0] as { text?: string } | undefined)?.text ?? '')
  if (owner !== 'sportello-hub' || typeof given.at(-1) === 'function' || text === '' || text.includes('current_setting')) return plain.apply(this, given)
  if (counted === 0 && !text.startsWith(from)) return plain.apply(this, given)
  counted += 1
  statements.push(text.replaceAll(/\s+/g, ' ').slice(0, 60))
  if (armed?.at !== counted) return plain.apply(this, given)
  const { how } = armed
  if (how === 'killed before') process.kill(process.pid, 'SIGKILL')
  if (how === 'held') return new Promise<void>((resolve) => (release = resolve)).then(() => plain.apply(this, given))
  if (how === 'connection ended') return endConnection(this).then(() => plain.apply(this, given))
  return (plain.apply(this, given) as Promise<unknown>).finally(() => process.kill(process.pid, 'SIGKILL'))
})

async function endConnection(client: Client): Promise<void> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query('SELECT pg_terminate_backend($1)', [(client as unknown as { processID: number }).processID])
  await admin.end()
}

const hub = await createHub({
  config: {
    hubName: 'Hub di prova', version: '0.1.0', production: false, host: '127.0.0.1', port: 0, trustedProxies: [], dataDir, metricsToken: null,
    mail: { devDir: null, smtpUrl: null, from: 'sportello@example.org' }, passwordCost: testHashCost, concurrency: 100, rateLimits: false,
    // In a thread of its own nobody could number its statements.
    threads: false,
  },
  databaseUrl,
  clock: { now: () => new Date() },
  modules: [identityModule, syncModule, conflictsModule],
})
const { server } = hub.app
Object.assign(server, { connectionsCheckingInterval: 50 })

async function answerTo(request: HubRequest): Promise<unknown> {
  switch (request.do) {
    case 'code':
      return (await inTransaction(hub.parts.pool, (tx) => createCode(tx, hub.parts, { officeId: request.office, kind: 'long', founding: request.founding, createdBy: null }))).code
    case 'arm':
      counted = 0
      from = request.from
      statements = []
      armed = request.at === null ? null : { at: request.at, how: request.how }
      return null
    case 'held':
      return release !== null
    case 'release':
      release?.()
      release = null
      return null
    case 'patience':
      Object.assign(server, { requestTimeout: request.milliseconds, headersTimeout: request.milliseconds })
      return null
    case 'statements':
      return statements
  }
}
process.on('message', (message) => {
  const { id, request } = message as { id: number; request: HubRequest }
  answerTo(request).then((value) => process.send?.({ id, value }), (error: unknown) => process.send?.({ id, failed: error instanceof Error ? error.message : 'failed' }))
})
process.on('disconnect', () => process.exit(0))
const port = await hub.listen()
process.send?.({ url: `http://127.0.0.1:${port}` })
