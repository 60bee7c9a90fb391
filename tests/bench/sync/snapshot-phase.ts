/** From nothing to a searchable encrypted desk: a real core joins the hub and takes its snapshot. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCore } from '../../../electron/core/core.ts'
import type { BenchHub } from './bench-hub.ts'

type Reply = { readonly ok: boolean; readonly value?: unknown; readonly error?: { readonly code: string } }

/** `searchFor` is a name many customers have: a lookup is usable when it answers with somebody. */
export async function snapshot(hub: BenchHub, code: string, searchFor: string): Promise<{ recordsPerSecond: number; firstUsableSeconds: number; customers: number; records: number; seconds: number; rssMB: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-snapshot-'))
  const core = createCore({ dataDir })
  const ask = async (call: string, input: unknown): Promise<Reply> => JSON.parse(await core.dispatch({ clientId: 'bench' }, JSON.stringify({ call, input }))) as Reply
  const must = async (call: string, input: unknown): Promise<unknown> => {
    const reply = await ask(call, input)
    if (!reply.ok) throw new Error(`${call}: ${reply.error?.code ?? ''}`)
    return reply.value
  }
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)
  try {
    await must('session.setUp', { username: 'bench-desk', displayName: 'Bench Desk', password: 'a long password', deskName: 'Bench' })
    const begun = performance.now()
    await must('hub.join', { address: hub.url, code })
    let usable = 0
    for (;;) {
      const status = (await must('hub.status', {})) as { snapshot: unknown; position: number; trouble: string | null }
      if (usable === 0) {
        const found = (await ask('lookup.search', { text: searchFor })) as { ok: boolean; value?: { rows: readonly unknown[] } }
        if (found.ok && (found.value?.rows.length ?? 0) > 0) usable = performance.now() - begun
      }
      if (status.trouble !== null) throw new Error(`the snapshot met trouble: ${status.trouble}`)
      if (status.snapshot === null && usable > 0) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await core.desk.lookup().settled()
    const seconds = (performance.now() - begun) / 1000
    const { key, deskWriter } = core.desk.bulkParts()
    key.fill(0)
    const count = (table: string) => Number(deskWriter.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
    const records = ['address', 'customer', 'supply_point', 'contract', 'meter', 'reading', 'invoice', 'ticket', 'ticket_event'].reduce((sum, table) => sum + count(table), 0)
    return { recordsPerSecond: Math.round(records / seconds), firstUsableSeconds: Number((usable / 1000).toFixed(2)), customers: count('customer'), records, seconds: Number(seconds.toFixed(1)), rssMB: Math.round(peak / 2 ** 20) }
  } finally {
    clearInterval(watch)
    await core.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
