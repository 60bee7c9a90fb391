import type { Pool } from 'pg'

/** A desk as the database has it at the moment it is asked. */
export type DeviceRow = { readonly id: string; readonly name: string; readonly office_id: string; readonly epoch: number; readonly scope_revision: number; readonly state: string; readonly public_key: Buffer; readonly last_seen_at: Date | null }
type Waiting = { readonly id: string; readonly resolve: (row: DeviceRow | null) => void; readonly reject: (cause: unknown) => void }

/** Beyond this a second question is asked beside the first. */
const idsAtMost = 500
/** As many questions on their way at once: a slow answer does not hold up everybody. */
const questionsAtMost = 2

/**
 * Reads desks for many requests at once: who comes while questions are on their way goes into the next one, which is asked after he came,
 * so that a revocation still holds from the next request on. On a quiet hub every request asks by itself.
 */
export function createDevicesTogether(pool: Pick<Pool, 'query'>): (id: string) => Promise<DeviceRow | null> {
  let waiting: Waiting[] = []
  let asking = 0

  function next(): void {
    if (waiting.length === 0 || asking >= questionsAtMost) return
    const asked = waiting.slice(0, idsAtMost)
    waiting = waiting.slice(idsAtMost)
    asking += 1
    void ask(asked).finally(() => {
      asking -= 1
      next()
    })
  }

  async function ask(asked: readonly Waiting[]): Promise<void> {
    try {
      const { rows } = await pool.query<DeviceRow>({
        name: 'devices',
        text: 'SELECT id, name, office_id, epoch, scope_revision, state, public_key, last_seen_at FROM device WHERE id = ANY($1)',
        values: [[...new Set(asked.map(({ id }) => id))]],
      })
      const found = new Map(rows.map((row) => [row.id, row]))
      for (const { id, resolve } of asked) resolve(found.get(id) ?? null)
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
  }

  return (id) =>
    new Promise((resolve, reject) => {
      waiting.push({ id, resolve, reject })
      // What arrives in the same turn goes together.
      if (waiting.length === 1) setImmediate(next)
    })
}
