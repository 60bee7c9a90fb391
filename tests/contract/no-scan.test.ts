import Database from 'better-sqlite3-multiple-ciphers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { callNames } from '../../shared/contract/index.ts'
import { testPassword } from '../support/hash-cost.ts'
import { loadMasterData } from '../support/master-data.ts'
import { createTestCore } from '../support/test-core.ts'
import { samples } from './samples.ts'

/**
 * Tables that do not grow with the utility. Of every other, also one that is added tomorrow, a call that walks through it holds the desk up
 * at a million customers.
 */
const small = new Set([
  'brand', 'reading_window', 'person', 'setting', 'workspace', 'draft', 'recent_customer', 'import_run', 'search_state', 'sync_state',
  // What waits: to be indexed, to be sent, for a desk as new as its hub.
  'search_dirty', 'blob_queue', 'deferred_change',
])

afterEach(() => void vi.restoreAllMocks())

/** Every statement that is prepared from now on, in whatever connection. */
function watchStatements(): Set<string> {
  const seen = new Set<string>()
  const prepare = Reflect.get(Database.prototype, 'prepare') as (this: unknown, sql: string) => unknown
  vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: unknown, sql: string) {
    seen.add(sql)
    return prepare.call(this, sql) as ReturnType<InstanceType<typeof Database>['prepare']>
  })
  return seen
}

describe('at any size of the utility', () => {
  it('no call walks through a whole table that grows with it, nor sorts one', async () => {
    const desk = await createTestCore({ load: loadMasterData })
    try {
      const statements = new Map<string, string>()
      for (const name of callNames().filter((call) => call !== 'session.signOut')) {
        const seen = watchStatements()
        await desk.core.dispatch({ clientId: 'test' }, JSON.stringify({ call: name, input: samples[name] }))
        vi.restoreAllMocks()
        for (const sql of seen) statements.set(sql, name)
      }
      await desk.core.dispatch({ clientId: 'test' }, JSON.stringify({ call: 'session.signIn', input: { username: 'anna', password: testPassword } }))
      expect(statements.size).toBeGreaterThan(50)
      const { work } = desk.core.desk.bulkParts()
      const tables = await work.local((db) => db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).pluck().all() as string[])
      const big = tables.filter((table) => !small.has(table))
      expect(big).toEqual(expect.arrayContaining(['customer', 'reading', 'ticket_event', 'audit', 'outbox', 'attachment', 'field_conflict', 'base_row', 'search_doc']))
      const walked = await work.local((db) => [...statements].flatMap(([sql, name]) => plan(db, sql).filter((step) => walks(step, big) && !stopsAtOnce(sql)).map((step) => `${name}: ${step} in …${sql.slice(-160)}`)))
      expect(walked).toEqual([])
      const alerts = [...statements.keys()].filter((sql) => sql.includes('json_each(?) e CROSS JOIN'))
      expect(alerts).toHaveLength(2)
      // Begun at the other end it would read every open ticket, every unpaid bill of the utility.
      for (const steps of await work.local((db) => alerts.map((sql) => plan(db, sql)))) {
        expect(steps[0]).toMatch(/^SCAN e\b/)
        expect(steps[1]).toMatch(/^SEARCH [it] USING (?:COVERING )?INDEX (?:ticket_open_complaint|invoice_unpaid) \(customer_id=\?/)
      }
    } finally {
      await desk.close()
    }
  })
})

function plan(db: InstanceType<typeof Database>, sql: string): string[] {
  if (!/^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(sql)) return []
  return (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound(sql)) as { detail: string }[]).map(({ detail }) => detail)
}

/** As many nulls as the statement has parameters: a plan does not depend on them. */
function bound(sql: string): readonly (null | Readonly<Record<string, null>>)[] {
  const named = [...sql.matchAll(/[@:$]([a-z_]\w*)/giu)].map(([, name]) => name ?? '')
  if (named.length > 0) return [Object.fromEntries(named.map((name) => [name, null]))]
  return Array.from({ length: [...sql.matchAll(/\?/g)].length }, () => null)
}

/** A constant false reads nothing; the newest by its number is the last row of the table. */
function stopsAtOnce(sql: string): boolean {
  return /WHERE \(*0=1\)*$/.test(sql.trim()) || /FROM (?:audit|outbox) ORDER BY seq DESC LIMIT 1$/.test(sql)
}

/** `SCAN t` without an index reads all; with an index it may stop early (an order with a limit). */
function walks(step: string, big: readonly string[]): boolean {
  const scanned = /^SCAN (\S+)(.*)$/.exec(step)
  return scanned !== null && big.includes(scanned[1] ?? '') && !/USING (?:COVERING )?INDEX/.test(scanned[2] ?? '')
}
