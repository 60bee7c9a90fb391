import { changesAnswer, changesQuery } from '../../shared/sync/wire.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts } from '../server/parts.ts'
import { route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { createCursors } from './cursors.ts'
import { refuseOldProtocol } from './push.ts'
import { everybody } from './scopes.ts'

/** Positions looked through for one answer: a desk of a quiet territory gets on through the bustle of the others, a bounded step at a time. */
const window = 20_000
const answerBytes = 8 * 1024 * 1024

type Found = { feed_id: string; head: number; min_pos: number; durable: number; audit: string; scopes: string[]; scope_names: Record<string, string>; scope_revision: number; changes: string[]; positions: number[]; passwords: number }

/** One statement, so that the head and the rows below it are of one moment. Rows come as JSON text and are passed on as they are. */
const question = `
  SELECT f.feed_id, f.pos AS head, f.min_pos, f.durable_through AS durable, a.seq || ':' || a.hash AS audit, d.scope_revision, s.scopes, s.scope_names, c.changes, c.positions,
    (SELECT coalesce(sum(password_revision), 0)::bigint FROM staff) AS passwords
  FROM feed_head AS f CROSS JOIN audit_head AS a JOIN device AS d ON d.id = $1
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(t.id ORDER BY t.id), '{}') || '${everybody}'::text AS scopes, coalesce(jsonb_object_agg(t.id, t.name) FILTER (WHERE t.id IS NOT NULL), '{}') AS scope_names
    FROM office_territory AS o JOIN territory AS t ON t.id = o.territory_id WHERE o.office_id = d.office_id
  ) AS s
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(json_build_object('pos', found.pos, 'table', found.tbl, 'key', found.key, 'kind', found.kind, 'row', CASE WHEN found.kind <> 'delete' THEN found.row END)::text ORDER BY found.pos), '{}') AS changes,
      coalesce(array_agg(found.pos::float8 ORDER BY found.pos), '{}') AS positions
    FROM (SELECT * FROM change WHERE pos > $2 AND pos <= $2 + ${window}
      -- Taken out of a territory and into another one of this desk: not taken at all.
      AND NOT (kind = 'delete' AND row IS NOT NULL AND jsonb_exists_any(row->'now', s.scopes)) AND scopes && s.scopes ORDER BY pos LIMIT $3) AS found
  ) AS c`

/** The feed from a position on, as far as it concerns the desk (reliability, 3.5). */
export function changesRoute(hub: HubParts): Route {
  const cursors = createCursors(hub)
  return route({
    method: 'GET', path: '/v1/changes', access: 'device', roles: null, params: null, query: changesQuery, body: null, bodyLimit: 0, rate: 'sync',
    summary: 'Changes of records after a position', answer: changesAnswer,
    handle: async ({ device, query: { feedId, after, limit, protocol } }) => {
      refuseOldProtocol(protocol)
      const { rows } = await hub.pool.query<Found>({ name: 'changes', text: question, values: [device.id, after, limit] })
      const [found] = rows
      if (!found) throw new HubError(401, 'device_unknown')
      // A position the hub never gave out belongs to another history.
      if (found.feed_id !== feedId || after > found.head) throw new HubError(409, 'feed_changed', { feedId: found.feed_id })
      if (after < found.min_pos) throw new HubError(410, 'snapshot_required')
      cursors.note(device.id, after)
      return { status: 200, type: 'application/json; charset=utf-8', content: answerText({ ...found, audit: hub.signHead(found.feed_id, found.audit) }, after, limit) }
    },
  })
}

function answerText(found: Found, after: number, limit: number): string {
  const changes = upTo(found.changes, answerBytes)
  const whole = changes.length === found.changes.length && changes.length < limit
  const to = whole ? Math.min(found.head, after + window) : (found.positions[changes.length - 1] ?? after)
  const { feed_id: feedId, head, scopes, scope_names: scopeNames, scope_revision: scopeRevision, durable: durableThrough, audit: auditHead, passwords } = found
  const rest = JSON.stringify({ feedId, from: after, to, head, more: to < head, scopes, scopeNames, scopeRevision, durableThrough, auditHead, passwords })
  return `${rest.slice(0, -1)},"changes":[${changes.join(',')}]}`
}

/** As many as fit, at least one. */
function upTo(texts: readonly string[], most: number): readonly string[] {
  let length = 0
  const end = texts.findIndex((text, index) => (length += text.length) > most && index > 0)
  return end < 0 ? texts : texts.slice(0, end)
}
