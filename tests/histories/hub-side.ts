/** The hub of a history: the product's own, on the real PostgreSQL, with places where it can be held or broken. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { Client } from 'pg'
import { conflictsModule } from '../../hub/conflicts/conflicts-module.ts'
import { identityModule } from '../../hub/identity/identity-module.ts'
import type { HubConfig } from '../../hub/server/config.ts'
import { createHub } from '../../hub/server/create-hub.ts'
import type { Hub } from '../../hub/server/create-hub.ts'
import type { Clock, HubParts } from '../../hub/server/parts.ts'
import { syncModule } from '../../hub/sync/sync-module.ts'
import { testHashCost } from '../support/hash-cost.ts'
import type { HubDatabase } from '../support/hub-database.ts'

/** A statement of the hub before it runs. Answer a promise to hold it; throw, or reject, to break it. */
export type StatementHook = (text: string, client: Client) => Promise<void> | undefined
export type SimHub = {
  readonly url: () => string
  readonly parts: () => HubParts
  readonly hook: (hook: StatementHook | null) => void
  readonly start: () => Promise<void>
  readonly restart: () => Promise<void>
  /** As on a machine that has never seen this database. */
  readonly forgetPosition: () => void
  readonly stop: () => Promise<void>
}

let hook: StatementHook | null = null
const original: unknown = Reflect.get(Client.prototype, 'query')
type Query = (this: Client, ...given: unknown[]) => unknown

/** Every statement of the hub's pool comes by here, and those of nobody else. */
Client.prototype.query = function query(this: Client, ...given: unknown[]): unknown {
  const plain = original as Query
  const text = typeof given[0] === 'string' ? given[0] : ((given[0] as { text?: string } | undefined)?.text ?? '')
  const own = (this as unknown as { connectionParameters: { application_name?: string } }).connectionParameters.application_name === 'sportello-hub'
  const callback = given.at(-1)
  const wait = own && hook && text !== '' && typeof callback !== 'function' ? hook(text, this) : undefined
  return wait ? wait.then(() => plain.apply(this, given)) : plain.apply(this, given)
} as typeof Client.prototype.query

export async function startSimHub(database: HubDatabase, clock: Clock, dataDir: string): Promise<SimHub> {
  mkdirSync(dataDir, { recursive: true })
  const config: HubConfig = {
    hubName: 'Hub', version: '0.1.0', production: false, host: '127.0.0.1', port: 0, trustedProxies: [], dataDir, metricsToken: null,
    mail: { devDir: join(dataDir, 'mail'), smtpUrl: null, from: 'sportello@example.org' }, passwordCost: testHashCost, concurrency: 100, rateLimits: false,
    // In threads of their own nobody could hold them, and each would take longer to start than a history.
    threads: false,
  }
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() })
  let hub: Hub
  let url = ''
  let port = 0
  async function start(): Promise<void> {
    hub = await createHub({ config: { ...config, port }, databaseUrl: database.url, clock, logTo: silence, modules: [identityModule, syncModule, conflictsModule] })
    // Desks come back to the place they know.
    port = await hub.listen()
    url = `http://127.0.0.1:${port}`
  }
  await start()
  const stop = async () => {
    hub.app.server.closeAllConnections()
    await hub.stop()
  }
  return {
    url: () => url,
    parts: () => hub.parts,
    hook: (next) => {
      hook = next
    },
    start,
    restart: async () => {
      await stop()
      await start()
    },
    forgetPosition: () => rmSync(join(dataDir, 'last-position.json'), { force: true }),
    stop,
  }
}
