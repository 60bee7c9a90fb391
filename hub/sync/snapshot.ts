/**
 * The first copy of the records for a desk, page by page. A page is everything of a slice of customers, so a desk can be worked with from
 * the first one on; a page that was lost is asked for again with the same token (reliability, 3.5).
 */
import { z } from '../../shared/domain/schema.ts'
import { snapshotPlan, snapshotRequest } from '../../shared/sync/wire.ts'
import { fence } from '../database/fence.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { json, route, text } from '../server/route.ts'
import type { DeviceIdentity, Route } from '../server/route.ts'
import { readHead } from './feed.ts'
import { refuseOldProtocol } from './push.ts'
import { everybody } from './scopes.ts'
import { createPages } from './snapshot-page.ts'
import { createTokens, digestOf, isWanted, wantedBits } from './snapshot-token.ts'
import type { Place, Tokens } from './snapshot-token.ts'

/** Customers of the first page, small enough to be there at once, and of those after it. */
const firstSlice = 300
const slice = 3_000
const longestToken = 1_500

/** Records beside each customer when the database has not counted itself yet. */
const guess = 12

export function snapshotRoutes(hub: HubParts): readonly Route[] {
  const pages = createPages(hub)
  const tokens = createTokens(hub.pool)
  return [
    route({
      method: 'POST', path: '/v1/snapshot', access: 'device', roles: null, params: null, query: null, body: snapshotRequest, bodyLimit: 128 * 1024, rate: 'sync',
      summary: 'How large a snapshot will be, and where it begins', answer: snapshotPlan,
      handle: async ({ device, body }) => {
        refuseOldProtocol(body.protocol)
        const head = await readHead(hub.pool)
        const { territories, revision } = await territoriesOf(hub, device)
        const asked = body.scopes === null ? null : new Set(body.scopes)
        const wanted = territories.filter((id) => asked === null || asked.has(id))
        const customers = await countCustomers(hub, wanted, body.parts)
        const first: Place = { feed: head.feedId, revision, digest: digestOf(territories), wanted: wantedBits(territories, new Set(wanted)), territory: -1, after: '', done: 0, parts: body.parts, size: firstSlice }
        return json({ feedId: head.feedId, position: head.pos, scopes: [everybody, ...wanted], scopeRevision: revision, customers, records: Math.round(customers * (await recordsPerCustomer(hub))), token: await tokens.write(first) })
      },
    }),
    route({
      method: 'GET', path: '/v1/snapshot/page', access: 'device', roles: null, params: null, query: z.strictObject({ token: z.string().min(1).max(longestToken) }), body: null, bodyLimit: 0, rate: 'bulk',
      summary: 'A page of a snapshot: a line of JSON, then rows in COPY text', answer: 'text/plain',
      handle: async ({ device, query, signal }) => {
        const place = await tokens.read(query.token)
        if (!place) throw new HubError(400, 'invalid', { fields: ['query.token'] })
        const { territories, revision } = await territoriesOf(hub, device)
        // Begun for other territories or in another history: the desk begins anew.
        if (place.revision !== revision || place.digest !== digestOf(territories)) throw new HubError(410, 'snapshot_required')
        const describe = async (tx: Tx) => {
          await fence(tx, territories, { bulk: true })
          return readPlace(tx, tokens, place, territories)
        }
        return text(await pages.open(describe, signal))
      },
    }),
  ]
}

/** What a page holds and where the next one begins. */
async function readPlace(tx: Tx, tokens: Tokens, place: Place, territories: readonly string[]) {
  const head = await readHead(tx)
  if (head.feedId !== place.feed) throw new HubError(410, 'snapshot_required')
  const at = nextWanted(place.wanted, place.territory < 0 ? 0 : place.territory, territories.length)
  const territory = at === null ? null : (territories[at] ?? null)
  const after = place.territory === at ? place.after : ''
  const { rows } = await tx.query<{ last: string | null; customers: number }>(
    'SELECT max(customer_id) AS last, count(*) AS customers FROM (SELECT customer_id FROM customer_territory WHERE territory_id = $1 AND customer_id > $2 AND ($4::text[] IS NULL OR right(customer_id, 2) = ANY ($4)) ORDER BY customer_id LIMIT $3) AS s',
    [territory, after, place.size, place.parts],
  )
  const found = rows[0] ?? { last: null, customers: 0 }
  const done = place.done + found.customers
  // A territory that came short is at its end.
  const following = at === null ? null : found.customers < place.size ? nextWanted(place.wanted, at + 1, territories.length) : at
  const next: Place | null = following === null ? null : { ...place, territory: following, after: following === at ? (found.last ?? '') : '', done, size: slice }
  return {
    head: { next: next === null ? null : await tokens.write(next), customersSoFar: done, head: head.pos },
    everybodys: place.territory < 0,
    customers: territory === null || found.last === null ? null : { territory, after, upto: found.last, parts: place.parts },
  }
}
export type PageContent = Awaited<ReturnType<typeof readPlace>>

function nextWanted(bits: string, from: number, count: number): number | null {
  for (let index = from; index < count; index += 1) if (isWanted(bits, index)) return index
  return null
}

async function territoriesOf({ pool }: HubParts, device: DeviceIdentity): Promise<{ territories: readonly string[]; revision: number }> {
  const { rows } = await pool.query<{ revision: number; territories: string[] }>(
    'SELECT d.scope_revision AS revision, ARRAY(SELECT territory_id FROM office_territory WHERE office_id = d.office_id ORDER BY territory_id) AS territories FROM device AS d WHERE d.id = $1',
    [device.id],
  )
  if (!rows[0]) throw new HubError(401, 'device_unknown')
  return rows[0]
}

async function countCustomers({ pool }: HubParts, territories: readonly string[], parts: readonly string[] | null): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('SELECT count(*) AS count FROM customer_territory WHERE territory_id = ANY($1) AND ($2::text[] IS NULL OR right(customer_id, 2) = ANY ($2))', [territories, parts])
  return rows[0]?.count ?? 0
}

/** By the database's own estimates, which cost nothing. */
async function recordsPerCustomer({ pool }: HubParts): Promise<number> {
  const { rows } = await pool.query<{ customers: number; records: number }>(
    `SELECT coalesce(max(reltuples) FILTER (WHERE relname = 'customer'), 0)::float8 AS customers, coalesce(sum(greatest(reltuples, 0)), 0)::float8 AS records FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname IN ('customer', 'address', 'supply_point', 'contract', 'meter', 'reading', 'invoice', 'ticket', 'ticket_event')`,
  )
  const { customers = 0, records = 0 } = rows[0] ?? {}
  return customers > 0 ? records / customers : guess
}
