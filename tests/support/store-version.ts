import { createCore } from '../../electron/core/core.ts'
import { openRaw } from '../../electron/core/store/cipher.ts'
import { migrations, newestVersion } from '../../electron/core/store/migrations/list.ts'

type Person = { readonly username: string; readonly password: string }

/** Makes a store that nobody has open what the version before this one left: without what the newest migration adds. */
export async function asThePreviousVersionLeftIt(dataDir: string, { username, password }: Person): Promise<void> {
  const core = createCore({ dataDir })
  const reply = await core.dispatch({ clientId: 'test' }, JSON.stringify({ call: 'session.signIn', input: { username, password } }))
  if (!reply.includes('"ok":true')) throw new Error('the store does not open')
  const { databasePath, key } = core.desk.bulkParts()
  await core.close()
  const db = openRaw(databasePath, key, 'write')
  key.fill(0)
  db.transaction(() => {
    for (const statement of (migrations.at(-1)?.statements ?? []).toReversed()) db.prepare(undo(statement)).run()
    db.pragma(`user_version = ${newestVersion - 1}`)
  })()
  db.close()
}

/** What takes a statement of the newest migration back. */
function undo(statement: string): string {
  const [, kind, name] = /^CREATE (?:UNIQUE )?(INDEX|TABLE|TRIGGER) (\w+)/.exec(statement) ?? []
  if (kind !== undefined && name !== undefined) return `DROP ${kind} ${name}`
  const [, table, column] = /^ALTER TABLE (\w+) ADD COLUMN (\w+)/.exec(statement) ?? []
  if (table !== undefined && column !== undefined) return `ALTER TABLE ${table} DROP COLUMN ${column}`
  const [, from, to] = /^ALTER TABLE (\w+) RENAME TO (\w+)$/.exec(statement) ?? []
  if (from !== undefined && to !== undefined) return `ALTER TABLE ${to} RENAME TO ${from}`
  const [, copy, original] = /^INSERT INTO (\w+) SELECT [^()]* FROM (\w+)$/.exec(statement) ?? []
  if (copy !== undefined && original !== undefined) return `INSERT INTO ${original} SELECT * FROM ${copy}`
  const [, trigger] = /^DROP TRIGGER (\w+)$/.exec(statement) ?? []
  const [, dropped] = /^DROP TABLE (\w+)$/.exec(statement) ?? []
  const earlier = migrations.slice(0, -1).flatMap(({ statements }) => statements)
  const before = earlier.findLast((made) => (trigger !== undefined && made.startsWith(`CREATE TRIGGER ${trigger} `)) || (dropped !== undefined && made.startsWith(`CREATE TABLE ${dropped} `)))
  if (before === undefined) throw new Error(`say here how the work of the newest migration is undone: ${statement}`)
  return before
}
