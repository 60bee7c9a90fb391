import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../electron/core/audit/audit-log.ts'
import { loadMasterData } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

/** 20 in `npm test`, more through the environment in `npm run test:long`. */
const kills = Number(process.env['SPORTELLO_KILLS'] ?? 20)
/** Drafts are numbered through: those of the tenth process begin at 10,000. */
const draftsOfOne = 1000
/** They are written in turn under as many keys: the last of each must be there, not only the very last. */
const keys = 7
const writer = fileURLToPath(new URL('../../support/kill-writer.ts', import.meta.url))

describe(`a desk killed at any moment of a write, ${kills} times`, () => {
  let dataDir = ''
  const shown: { opened: Set<string>; taken: Set<string>; drafts: Map<number, number> } = { opened: new Set(), taken: new Set(), drafts: new Map() }
  let last: TestCore | null = null

  beforeAll(async () => {
    const core = await createTestCore({ load: loadMasterData })
    dataDir = core.dataDir
    await core.core.close()
  })
  afterAll(() => last?.close())

  it('loses nothing that was shown as saved, and keeps every record whole', async () => {
    for (let kill = 0; kill < kills; kill++) {
      const lines = await writeAndKill(dataDir, kill * draftsOfOne, 3 + (kill * 7) % 41, (kill * 13) % 9)
      for (const line of lines) {
        const [what, id = ''] = line.split(' ')
        if (what === 'opened') shown.opened.add(id)
        if (what === 'taken') shown.taken.add(id)
        if (what === 'draft') shown.drafts.set(Number(id) % keys, Number(id))
      }
      if (lines.length > 0 && kill % 5 !== 4 && kill !== kills - 1) continue
      last = await createTestCore({ dataDir })
      await check(last, (kill + 1) * draftsOfOne)
      if (kill !== kills - 1) await last.core.close()
    }
    expect(shown.opened.size).toBeGreaterThan(kills)
    expect(shown.drafts.size).toBe(keys)
  }, 600_000)

  async function check(core: TestCore, draftsBegin: number): Promise<void> {
    const found = await core.core.desk.bulkParts().work.local((db) => ({
      integrity: db.pragma('integrity_check', { simple: true }),
      audit: verifyAudit(db).firstBad,
      tickets: new Map(db.prepare('SELECT id, state FROM ticket').raw().all() as [string, string][]),
      orphans: db.prepare('SELECT count(*) FROM ticket t WHERE NOT EXISTS (SELECT 1 FROM ticket_event e WHERE e.ticket_id = t.id)').pluck().get(),
      unqueued: db.prepare('SELECT count(*) FROM ticket_event e WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.op_id = e.id)').pluck().get(),
      unwritten: db.prepare(`SELECT count(*) FROM outbox o WHERE o.kind LIKE 'ticket.%' AND NOT EXISTS (SELECT 1 FROM ticket_event e WHERE e.id = o.op_id)`).pluck().get(),
    }))
    expect(found).toMatchObject({ integrity: 'ok', audit: null, orphans: 0, unqueued: 0, unwritten: 0 })
    expect([...shown.opened].filter((id) => !found.tickets.has(id))).toEqual([])
    expect([...shown.taken].filter((id) => found.tickets.get(id) !== 'in_charge')).toEqual([])
    for (const [key, number] of shown.drafts) {
      const draft = await core.call('workspace', 'loadDraft', { key: `note:${key}` })
      if (!draft.ok) throw new Error(draft.error.code)
      const kept = /^bozza (\d+)$/.exec(draft.value?.text ?? '')?.[1]
      // What was shown, or what came after it and was not shown any more; never what was there before.
      expect(Number(kept ?? -1)).toBeGreaterThanOrEqual(number)
      expect(Number(kept ?? -1)).toBeLessThan(draftsBegin)
    }
  }
})

/** Runs the writer, waits for `lines` acknowledgements and a few milliseconds more, kills it hard; answers what it had shown. */
function writeAndKill(dataDir: string, firstDraft: number, lines: number, delay: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, dataDir, String(firstDraft)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    let errors = ''
    let killing = false
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (killing || text.split('\n').length < lines + 2) return
      killing = true
      setTimeout(() => child.kill('SIGKILL'), delay)
    })
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`the writer ended by itself: ${errors.slice(-2000)}`))
      resolve(text.split('\n').slice(0, -1).filter((line) => line !== 'ready'))
    })
  })
}
