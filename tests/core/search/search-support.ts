import Database from 'better-sqlite3-multiple-ciphers'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLookup } from '../../../electron/core/search/lookup.ts'
import type { Lookup } from '../../../electron/core/search/lookup.ts'
import type { LookupPage, LookupRow } from '../../../electron/core/search/lookup-types.ts'
import type { LookupAddress, LookupDocument, LookupSupply } from '../../../electron/core/search/search-document.ts'
import { createIndexer } from '../../../electron/core/search/search-indexer.ts'
import type { Indexer } from '../../../electron/core/search/search-indexer.ts'
import { searchSchema } from '../../../electron/core/search/search-schema.ts'
import { prepareConnection } from '../../../electron/core/store/cipher.ts'
import type { RawDatabase } from '../../../electron/core/store/cipher.ts'
import { foundation } from '../../../electron/core/store/migrations/0001-foundation.ts'

const key = Buffer.alloc(32, 7)

export type TestIndex = {
  readonly writer: RawDatabase
  readonly indexer: Indexer
  readonly lookup: Lookup
  readonly close: () => void
}

/** An encrypted store in a folder of its own, with the lookup over a second, reading connection, as on the desk. */
export function openIndex(): TestIndex {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-search-'))
  const path = join(folder, 'store.db')
  const writer = new Database(path)
  prepareConnection(writer, key, 'write')
  for (const statement of [...foundation, ...searchSchema, 'ALTER TABLE ticket ADD COLUMN number TEXT']) writer.exec(statement)
  const reader = new Database(path, { readonly: true })
  prepareConnection(reader, key, 'read')
  return {
    writer,
    indexer: createIndexer(writer),
    // No test depends on the machine's speed: the time for one page never runs out.
    lookup: createLookup(reader, { budgetMillis: 60_000 }),
    close: () => {
      reader.close()
      writer.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function address(street: string, houseNumber: string | null, town: string, postalCode: string | null = null, province: string | null = null): LookupAddress {
  return { street, houseNumber, town, postalCode, province }
}

export function supply(over: Partial<LookupSupply> = {}): LookupSupply {
  return { commodity: 'electricity', code: '', serviceCode: '', active: true, endDay: null, address: null, serials: [], ...over }
}

/** A customer with nothing but what is given. */
export function customer(n: number, over: Partial<LookupDocument> = {}): LookupDocument {
  return {
    n, id: `enercasa:${n}`, brandId: 'enercasa', code: `9${String(n).padStart(6, '0')}`, kind: 'person', lastName: null, firstName: null, companyName: null,
    birthYear: null, sinceDay: null, taxCode: null, vatNumber: null, phones: [], email: null, emailUnreachable: false, vulnerable: false, address: null,
    supplies: [], ...over,
  }
}

export function person(n: number, lastName: string, firstName: string, over: Partial<LookupDocument> = {}): LookupDocument {
  return customer(n, { lastName, firstName, ...over })
}

export function company(n: number, companyName: string, over: Partial<LookupDocument> = {}): LookupDocument {
  return customer(n, { kind: 'company', companyName, ...over })
}

export function find(lookup: Lookup, text: string, limit = 50): LookupPage {
  return lookup.search({ text, limit })
}

/** Numbers of the customers found, in order of rank. */
export function found(lookup: Lookup, text: string): number[] {
  return find(lookup, text).rows.map(row => row.n)
}

/** Scrolls to the very last match. */
export function scroll(lookup: Lookup, text: string, limit: number): LookupRow[] {
  const rows: LookupRow[] = []
  let cursor: string | null = null
  do {
    const page: LookupPage = lookup.search({ text, limit, cursor })
    rows.push(...page.rows)
    cursor = page.cursor
  } while (cursor !== null)
  return rows
}

export function count(lookup: Lookup, text: string): number {
  const counting = lookup.count(text)
  let state = counting.step(0)
  while (!state.finished) state = counting.step(0)
  return state.total
}
