import { Gauge } from 'prom-client'
import { z } from '../../shared/domain/schema.ts'
import { describeError } from '../server/error-answers.ts'
import type { HubModule } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import { isSignedHead } from './audit-signing.ts'
import type { Checkpoint } from './audit-signing.ts'
import { isVoid } from './audit-witnesses.ts'
import { makeCheckpoint, signRestart } from './checkpoints.ts'

const everyMs = 5_000
export const headsKept = 50

const head = z.strictObject({ feedId: z.string().min(1).max(64), seq: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/), signature: z.string().length(86).regex(/^[A-Za-z0-9_-]+$/) })

/** Signs the audit chain as it grows, and hears what desks hold against it. */
export const auditModule: HubModule = (hub) => {
  const key = hub.auditKey
  let timer: NodeJS.Timeout | null = null
  let working: Promise<void> | null = null
  let whole = true
  new Gauge({ name: 'sportello_audit_whole', help: '0 since something was found that contradicts the audit chain', registers: [hub.metrics], collect() { this.set(whole ? 1 : 0) } })

  async function checkpoint(): Promise<void> {
    if (!key || !whole || !hub.databaseIsSafe()) return
    const { result, seq } = await makeCheckpoint({ pool: hub.pool, key, dataDir: hub.config.dataDir, now: hub.clock.now() })
    if (result !== 'broken') return
    whole = false
    hub.log.error({ entry: seq }, 'the audit chain does not continue what was signed of it: no more is signed, run "npm run hub -- check"')
  }

  return {
    name: 'audit',
    start: async () => {
      if (key) await signRestart({ pool: hub.pool, key, dataDir: hub.config.dataDir, now: hub.clock.now() })
      timer = setInterval(() => {
        working ??= checkpoint().catch((error: unknown) => hub.log.warn({ err: describeError(error) }, 'the audit chain was not signed')).finally(() => (working = null))
      }, everyMs)
      timer.unref()
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer)
      await working
    },
    routes: [
      route({
        method: 'POST', path: '/v1/audit-heads', access: 'device', roles: null, params: null, query: null, body: z.strictObject({ heads: z.array(head).max(headsKept) }), bodyLimit: 32 * 1024, rate: 'sync',
        summary: 'Heads of the audit chain that a desk was given: are they still what the chain says?', answer: z.object({ checked: z.int(), contradicted: z.int() }),
        handle: async ({ device, body, now }) => {
          const ours = key ? body.heads.filter((each) => isSignedHead(key, each)) : []
          const { rows } = await hub.pool.query<{ seq: number; hash: string }>('SELECT seq, hash FROM audit WHERE seq = ANY($1)', [ours.map(({ seq }) => seq)])
          const stored = new Map(rows.map(({ seq, hash }) => [seq, hash]))
          const { rows: restarts } = await hub.pool.query<Checkpoint>(`SELECT seq, kind, feed_id AS "feedId", at, hash, signature FROM audit_checkpoint WHERE kind = 'restart'`)
          const contradicting = ours.filter((each) => stored.get(each.seq) !== each.hash && !isVoid(each, restarts))
          if (contradicting.length > 0) {
            await hub.pool.query(
              `INSERT INTO audit_contradiction (feed_id, seq, hash, signature, device_id, told_at) SELECT h."feedId", h.seq, h.hash, h.signature, $2, $3
               FROM jsonb_to_recordset($1::jsonb) AS h("feedId" text, seq bigint, hash text, signature text) ON CONFLICT DO NOTHING`,
              [JSON.stringify(contradicting), device.id, now],
            )
            whole = false
            hub.log.error({ entry: Math.min(...contradicting.map(({ seq }) => seq)) }, 'a desk holds a head of the audit chain that contradicts it: run "npm run hub -- check"')
          }
          return json({ checked: ours.length, contradicted: contradicting.length })
        },
      }),
    ],
  }
}
