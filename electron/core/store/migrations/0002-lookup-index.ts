/** Frozen: never edit a migration that has shipped, add one. The tables of the lookup index, described in `search/search-schema.ts`. */
export const lookupIndex: readonly string[] = [
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
