import { HubError } from './errors.ts'
import type { HubParts } from './parts.ts'
import { searchesPerHour, searchesPerMinute } from './rate-classes.ts'

const windows = [
  { kind: 'minute', ms: 60_000, most: searchesPerMinute },
  { kind: 'hour', ms: 3_600_000, most: searchesPerHour },
] as const

/**
 * Counts a settled search or an opening of a person before it is answered; in the database, so that several hubs count together. Throws
 * 429 beyond the limit; reaching one is written to the audit log once per window.
 */
export async function countSearch(hub: HubParts, personId: string, deviceId: string, now: Date): Promise<void> {
  const refused = await hub.transaction(async (tx) => {
    for (const { kind, ms, most } of windows) {
      const start = new Date(Math.floor(now.getTime() / ms) * ms)
      const { rows } = await tx.query<{ count: number }>(
        `INSERT INTO search_count (person_id, kind, window_start, count) VALUES ($1, $2, $3, 1)
         ON CONFLICT (person_id, kind, window_start) DO UPDATE SET count = search_count.count + 1 RETURNING count`,
        [personId, kind, start],
      )
      const count = rows[0]?.count ?? 0
      if (count === most + 1) await hub.audit(tx, { at: now.toISOString(), actor: personId, deviceId, kind: 'search_limit_reached', subject: personId, details: { window: kind, most } })
      if (count > most) return Math.ceil((start.getTime() + ms - now.getTime()) / 1000)
    }
    return null
  })
  if (refused !== null) throw new HubError(429, 'too_many_searches', undefined, refused)
}
