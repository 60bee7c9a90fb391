import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listCopies } from '../store/copies.ts'
import { asideFolders } from '../store/set-aside.ts'
import { hubLinkFile } from '../sync/hub-link.ts'
import { journalFile } from '../sync/outbox-journal.ts'
import { draftFileName } from '../workspace/draft-file.ts'

/** Whether a desk was ever here, whatever has become of its database: then an empty one is no way to begin. */
export function hasTraces(dataDir: string): boolean {
  if (!existsSync(dataDir)) return false
  const left = ['desk.db', 'desk.db.new', 'desk.db.rebuilt', journalFile, draftFileName, hubLinkFile, 'store-health.json']
  return left.some((name) => existsSync(join(dataDir, name))) || listCopies(dataDir).length > 0 || asideFolders(dataDir).length > 0
}
