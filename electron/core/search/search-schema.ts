/**
 * Tables of the lookup index, in creation order; part of the store's first migration.
 *
 * `search_key` is an FTS5 table used as an ordered set of (key, customer n): its terms are whole keys made by
 * `document-keys.ts`, read in key order through `search_key_row` and never ranked by FTS5
 * (docs/decisions/0003-lookup-index.md says why). Merging is driven by the indexer in small portions,
 * hence no automerge.
 */
export const searchSchema: readonly string[] = [
  'CREATE TABLE search_doc (n INTEGER PRIMARY KEY, doc TEXT NOT NULL)',
  `CREATE VIRTUAL TABLE search_key USING fts5(
    keys, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '!._@-+'"
  )`,
  "INSERT INTO search_key(search_key, rank) VALUES ('automerge', 0)",
  "INSERT INTO search_key(search_key, rank) VALUES ('usermerge', 16)",
  "INSERT INTO search_key(search_key, rank) VALUES ('crisismerge', 96)",
  "CREATE VIRTUAL TABLE search_key_row USING fts5vocab('search_key', 'instance')",
  'CREATE TABLE search_term (term TEXT PRIMARY KEY) WITHOUT ROWID',
  'CREATE TABLE search_dirty (n INTEGER PRIMARY KEY)',
  'CREATE TABLE search_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID'
]

/**
 * Sets the size of a leaf of the empty key store. The default, 4050 bytes, does not fit a page that keeps 80 bytes for its cipher, and
 * every read would decrypt two pages. Run by the builder before it fills the index.
 */
export const keyStoreLeaf = "INSERT INTO search_key(search_key, rank) VALUES ('pgsz', 3900)"
