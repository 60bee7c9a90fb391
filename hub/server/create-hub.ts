import type { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { createPool, inTransaction } from '../database/pool.ts'
import { watchSafety } from '../database/safety.ts'
import { appendAudit } from '../identity/audit.ts'
import { WrongAuditKeyError, openAuditKey } from '../identity/audit-key.ts'
import { createHeadSigner } from '../identity/audit-signing.ts'
import { hubModules } from '../modules.ts'
import { createApp } from './app.ts'
import type { HubConfig } from './config.ts'
import { healthRoutes } from './health-module.ts'
import { createIds } from './ids.ts'
import { createMetrics } from './metrics.ts'
import { openApi } from './openapi.ts'
import type { Clock, HubModule, HubParts } from './parts.ts'
import { registerRoutes } from './register.ts'
import type { Route } from './route.ts'

export type Hub = {
  readonly app: FastifyInstance
  readonly parts: HubParts
  readonly routes: readonly Route[]
  /** Asks the database again whether it is durable, which otherwise happens by itself every ten seconds. */
  readonly checkSafety: () => Promise<void>
  /** Answers with the port. */
  readonly listen: () => Promise<number>
  /** No new requests, the ones at work to their end, then the parts, then the database connections. */
  readonly stop: () => Promise<void>
}
export type HubOptions = { readonly config: HubConfig; readonly databaseUrl: string; readonly clock: Clock; readonly logTo?: Writable; readonly modules?: readonly HubModule[] }

/** A hub on a migrated database; it listens only when told to. */
export async function createHub({ config, databaseUrl, clock, logTo, modules = hubModules }: HubOptions): Promise<Hub> {
  const app = createApp(config, logTo)
  const pool = createPool({ url: databaseUrl, max: 20 })
  const safety = watchSafety(pool)
  await safety.check()
  const metrics = createMetrics(pool, safety.isSafe)
  const stopping = new AbortController()
  const auditKey = await openAuditKey(pool, config.dataDir).catch((error: unknown) => {
    if (!(error instanceof WrongAuditKeyError)) throw error
    // Everything else of the hub works: the chain goes on unsigned until somebody has brought the key.
    app.log.error({ name: error.name }, error.message)
    return null
  })
  const parts: HubParts = {
    pool,
    transaction: (work) => inTransaction(pool, work),
    clock,
    ids: createIds(clock),
    log: app.log,
    config,
    metrics: metrics.registry,
    audit: appendAudit,
    auditKey,
    signHead: createHeadSigner(auditKey),
    databaseIsSafe: safety.isSafe,
    stopping: stopping.signal,
  }
  const made = modules.map((module) => module(parts))
  const routes: readonly Route[] = [...healthRoutes(parts, safety.unsafe, () => openApi(routes, config.version)), ...made.flatMap((part) => part.routes)]
  registerRoutes(app, parts, metrics, routes)
  // Long answers must end before the server can.
  app.addHook('preClose', (done) => {
    stopping.abort()
    done()
  })
  let stopped: Promise<void> | null = null
  async function stop(): Promise<void> {
    await closeServer(app)
    for (const part of made.toReversed()) await part.stop?.()
    safety.stop()
    await pool.end()
  }
  await app.ready()
  for (const part of made) await part.start?.()
  if (!safety.isSafe()) app.log.error({ settings: safety.unsafe() }, 'the database may lose what it acknowledges: nothing is written')
  return {
    app,
    parts,
    routes,
    checkSafety: safety.check,
    listen: async () => {
      await app.listen({ host: config.host, port: config.port })
      const address = app.server.address()
      return typeof address === 'object' && address ? address.port : config.port
    },
    stop: () => (stopped ??= stop()),
  }
}

const longestStopMs = 25_000

/** A connection that becomes idle while the server closes would be kept until its time is over; one that hangs must not keep the hub. */
async function closeServer(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
  const end = setTimeout(() => app.server.closeAllConnections(), longestStopMs)
  try {
    await app.close()
  } finally {
    clearInterval(sweep)
    clearTimeout(end)
  }
}
