import type { Pool } from 'pg'

/** Settings without which an acknowledged write can be lost, and the values that keep it. */
const durable = { fsync: ['on'], full_page_writes: ['on'], synchronous_commit: ['on', 'remote_apply'] } as const

/** Names of the settings that are not what they must be, as the hub's own connections see them; empty when all is well. */
export async function unsafeSettings(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: keyof typeof durable; setting: string }>('SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [Object.keys(durable)])
  return Object.entries(durable)
    .filter(([name, good]) => !(good as readonly string[]).includes(rows.find((row) => row.name === name)?.setting ?? ''))
    .map(([name]) => name)
}

export type SafetyWatch = { readonly isSafe: () => boolean; readonly unsafe: () => readonly string[]; readonly check: () => Promise<void>; readonly stop: () => void }

/** Asks at the start and then again and again: settings can be changed while a server runs. Not knowing counts as unsafe. */
export function watchSafety(pool: Pool, everyMs = 10_000): SafetyWatch {
  let unsafe: readonly string[] = ['unknown']
  const check = async () => {
    unsafe = await unsafeSettings(pool).catch(() => ['unknown'])
  }
  const timer = setInterval(() => void check(), everyMs)
  timer.unref()
  return { isSafe: () => unsafe.length === 0, unsafe: () => unsafe, check, stop: () => clearInterval(timer) }
}
