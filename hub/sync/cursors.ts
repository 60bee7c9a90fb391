import type { HubParts } from '../server/parts.ts'

/** How often a desk's position is written down: often enough for what may be forgotten, too seldom to cost anything. */
const everyMs = 30_000

/** Remembers how far each desk has come, for retention and for the list of desks. Nobody waits for it, and losing one is harmless. */
export function createCursors({ pool, clock }: Pick<HubParts, 'pool' | 'clock'>): { readonly note: (deviceId: string, cursor: number) => void } {
  const written = new Map<string, number>()
  return {
    note: (deviceId, cursor) => {
      const now = clock.now().getTime()
      const last = written.get(deviceId)
      if (last !== undefined && Math.abs(now - last) < everyMs) return
      written.set(deviceId, now)
      pool
        .query(`WITH soon AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)) UPDATE device SET cursor = $2 FROM soon WHERE id = $1 AND cursor <> $2`, [deviceId, cursor])
        .catch(() => written.delete(deviceId))
    },
  }
}
