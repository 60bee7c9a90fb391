/**
 * What a desk should hold, as counts and sums. All rows of the desk's territories are read once; afterwards only tables that the feed has
 * touched since, so that asking costs what has changed.
 */
import { Worker } from 'node:worker_threads'
import type { ClientConfig } from 'pg'
import { checksumsAnswer } from '../../shared/sync/wire.ts'
import type { ChecksumsAnswer } from '../../shared/sync/wire.ts'
import type { HubParts } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { addUpHere } from './add-up.ts'
import type { Sums, SumsAsked } from './add-up.ts'
import { readHead } from './feed.ts'
import { deviceScopes, everybody } from './scopes.ts'

/** Sets of territories remembered at once. */
const remembered = 100

export function checksumsRoute(hub: HubParts): Route {
  const checksums = createChecksums(hub, hub.config.threads ? addUpApart : addUpHere)
  return route({
    method: 'GET', path: '/v1/checksums', access: 'device', roles: null, params: null, query: null, body: null, bodyLimit: 0, rate: 'sync',
    summary: 'Count and sum of the rows of each table the desk should hold, by parts', answer: checksumsAnswer,
    handle: async ({ device }) => json(await checksums(await deviceScopes(hub.pool, device.officeId))),
  })
}

export function createChecksums({ pool }: Pick<HubParts, 'pool'>, add: typeof addUpApart = addUpApart): (scopes: readonly string[]) => Promise<ChecksumsAnswer> {
  const known = new Map<string, Sums>()
  const { connectionString: databaseUrl = '' } = pool.options as ClientConfig
  // One after the other: reading everything for many desks at once helps nobody.
  let last: Promise<unknown> = Promise.resolve()

  async function current(territories: readonly string[]): Promise<Sums> {
    const name = territories.join(',')
    const before = known.get(name) ?? null
    const head = await readHead(pool)
    const sums = before && before.feedId === head.feedId && before.pos === head.pos ? before : await add({ databaseUrl, territories, before })
    known.delete(name)
    known.set(name, sums)
    const [oldest] = known.keys()
    if (known.size > remembered && oldest !== undefined) known.delete(oldest)
    return sums
  }
  return async (scopes) => {
    const territories = scopes.filter((scope) => scope !== everybody).toSorted()
    const next = last.then(() => current(territories))
    last = next.catch(() => undefined)
    const { feedId, pos, tables } = await next
    return { feedId, head: pos, checksums: [...tables].flatMap(([table, parts]) => parts.map((part) => ({ table, ...part }))) }
  }
}

/** In a thread of its own: a million rows are hashed while the hub goes on answering. */
export function addUpApart(asked: SumsAsked): Promise<Sums> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./checksum-worker.ts', import.meta.url), { workerData: asked, name: 'sportello-hub-sums', resourceLimits: { maxYoungGenerationSizeMb: 16 } })
    worker.on('message', resolve)
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the thread of the sums has ended without an answer')))
  })
}
