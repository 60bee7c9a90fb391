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
  for (const statement of migrations.at(-1)?.statements ?? []) {
    const index = /^CREATE INDEX (\w+) /.exec(statement)?.[1]
    if (index === undefined) throw new Error('the newest migration adds more than indexes: say here how its work is undone')
    db.exec(`DROP INDEX ${index}`)
  }
  db.pragma(`user_version = ${newestVersion - 1}`)
  db.close()
}
