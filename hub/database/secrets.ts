import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from '../../shared/domain/schema.ts'
import { writeOnce } from './write-once.ts'

const password = z.string().regex(/^[0-9a-f]{48}$/)
const schema = z.strictObject({ admin: password, owner: password, hub: password })
/** Passwords of the embedded database, made on this machine and readable by nobody else. */
export type DatabaseSecrets = z.infer<typeof schema>

/** Reads the secrets, or makes them durably before the database that will need them. Throws when the file is damaged. */
export function readOrMakeSecrets(path: string): DatabaseSecrets {
  if (!existsSync(path)) writeOnce(path, JSON.stringify({ admin: fresh(), owner: fresh(), hub: fresh() }))
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
}

const fresh = () => randomBytes(24).toString('hex')
