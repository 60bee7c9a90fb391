/** What can still be read of a damaged database, table by table: nothing is written to it, and a page that cannot be read ends its table only. */
import { existsSync } from 'node:fs'
import type { JournalEntry } from '../sync/outbox-journal.ts'
import { openRaw } from './cipher.ts'
import type { DatabaseKey, RawDatabase } from './cipher.ts'

/** Tables of the desk's own affairs, which are in no hub and in no extract. */
const ownTables = ['draft', 'workspace', 'setting', 'recent_customer', 'person'] as const
type OwnTable = (typeof ownTables)[number]
type Row = { readonly [column: string]: string | number | null }
export type Salvaged = {
  readonly operations: readonly JournalEntry[]
  readonly rows: { readonly [T in OwnTable]: readonly Row[] }
  /** What people of this desk were called before it joined. */
  readonly aliases: { readonly [localId: string]: string } | null
}

export const nothingSalvaged: Salvaged = { operations: [], rows: { draft: [], workspace: [], setting: [], recent_customer: [], person: [] }, aliases: null }

/** Never throws for damage: what cannot be read is not in the answer. */
export function salvage(path: string, key: DatabaseKey): Salvaged {
  if (!existsSync(path)) return nothingSalvaged
  let db: RawDatabase
  try {
    db = openRaw(path, key, 'read')
  } catch {
    return nothingSalvaged
  }
  const all = (table: OwnTable) => readable(db, `SELECT * FROM ${table}`)
  try {
    return {
      operations: readableOutbox(db).flatMap((row) => entryOf(row)),
      rows: { draft: all('draft'), workspace: all('workspace'), setting: all('setting'), recent_customer: all('recent_customer'), person: all('person') },
      aliases: aliasesOf(readable(db, `SELECT value FROM sync_state WHERE key = 'aliases'`)),
    }
  } finally {
    db.close()
  }
}

/** Puts back what is missing, or was typed later than what is there. Answers how many texts came back. */
export function takeSalvaged(db: RawDatabase, { rows }: Salvaged, tables: readonly OwnTable[] = ownTables): number {
  let drafts = 0
  for (const table of tables) {
    for (const row of rows[table]) {
      const columns = Object.keys(row)
      const typed = table === 'draft' || table === 'workspace'
      if (typed && isThere(db, table, row)) continue
      const { changes } = db.prepare(`INSERT OR ${typed ? 'REPLACE' : 'IGNORE'} INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...Object.values(row))
      if (table === 'draft') drafts += changes
    }
  }
  return drafts
}

/** As new as the salvaged one, or newer. */
function isThere(db: RawDatabase, table: 'draft' | 'workspace', row: Row): boolean {
  const key = table === 'draft' ? ['person_id', 'key'] : ['person_id']
  const sql = `SELECT 1 FROM ${table} WHERE ${key.map((column) => `${column} = ?`).join(' AND ')} AND saved_at >= ?`
  return db.prepare(sql).get(...key.map((column) => row[column]), row['saved_at']) !== undefined
}

/** From both ends to a page that cannot be read. */
function readableOutbox(db: RawDatabase): Row[] {
  const sql = (order: string) => `SELECT seq, op_id AS opId, kind, version, input, basis, actor, at, desk, entity, subject_id AS subjectId FROM outbox ORDER BY seq ${order}`
  const rows = new Map([...readable(db, sql('ASC')), ...readable(db, sql('DESC'))].map((row) => [Number(row['seq']), row]))
  return [...rows.values()].toSorted((a, b) => Number(a['seq']) - Number(b['seq']))
}

/** To the first page that cannot be read. */
function readable(db: RawDatabase, sql: string): Row[] {
  const rows: Row[] = []
  try {
    for (const row of db.prepare(sql).iterate()) rows.push(row as Row)
  } catch {
    // The rest of this table is on a page that cannot be read.
  }
  return rows
}

function entryOf(row: Row): JournalEntry[] {
  try {
    const { seq, version, input, basis, ...texts } = row
    return [{ ...(texts as unknown as JournalEntry), seq: Number(seq), version: Number(version), input: JSON.parse(String(input)) as JournalEntry['input'], basis: JSON.parse(String(basis)) as JournalEntry['basis'] }]
  } catch {
    return []
  }
}

function aliasesOf(rows: readonly Row[]): Salvaged['aliases'] {
  try {
    return rows[0] === undefined ? null : (JSON.parse(String(rows[0]['value'])) as { readonly [localId: string]: string })
  } catch {
    return null
  }
}
