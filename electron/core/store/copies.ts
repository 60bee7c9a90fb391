/** The copies of the desk beside its database: a verified one a day, the three newest kept, and those made before a migration or a joining. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RecoveryCopy } from '../../../shared/contract/recovery.ts'

export const dailyCopiesKept = 3
const daily = /^daily-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.db$/
const journal = /^daily-\d{8}T\d{6}Z\.journal$/

export type CopyFile = { readonly id: string; readonly path: string; readonly at: string; readonly reason: RecoveryCopy['reason']; readonly bytes: number }

export function copiesFolder(dataDir: string): string {
  return join(dataDir, 'copies')
}

/** Every copy there is, the newest first; none of them opened yet. */
export function listCopies(dataDir: string): CopyFile[] {
  const folder = copiesFolder(dataDir)
  if (!existsSync(folder)) return []
  const found = readdirSync(folder).flatMap((id): CopyFile[] => {
    const reason = reasonOf(id)
    if (reason === null) return []
    const path = join(folder, id)
    const { mtime, size } = statSync(path)
    return [{ id, path, at: dailyInstant(id) ?? mtime.toISOString(), reason, bytes: size }]
  })
  return found.toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

/** Where the copy of this moment goes. */
export function newCopyPath(dataDir: string, now: Date): string {
  mkdirSync(copiesFolder(dataDir), { recursive: true, mode: 0o700 })
  return join(copiesFolder(dataDir), `daily-${compact(now)}.db`)
}

/** The journal that ended with a copy lies beside it: with it, an older copy can be brought forward. */
export function journalBeside(copyPath: string): string {
  return copyPath.replace(/\.db$/, '.journal')
}

/** Journals of copies, the oldest first. */
export function archivedJournals(dataDir: string): string[] {
  const folder = copiesFolder(dataDir)
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => journal.test(name)).toSorted().map((name) => join(folder, name))
}

/** Call it when a new copy was verified, never at a start that failed: the older daily ones beyond those kept go, and what was left half made. */
export function pruneCopies(dataDir: string): void {
  const folder = copiesFolder(dataDir)
  const ours = listCopies(dataDir).filter(({ reason }) => reason === 'daily')
  for (const { path } of ours.slice(dailyCopiesKept)) rmSync(path)
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.part'))) rmSync(join(folder, name))
  // A journal brings forward copies that are older than it, and the one beside it by what was written while that was being made.
  const oldest = ours.slice(0, dailyCopiesKept).at(-1)
  if (oldest) for (const path of archivedJournals(dataDir)) if (path < journalBeside(oldest.path)) rmSync(path)
}

/** `20261120T090000Z`, for names of files and folders. */
export function compact(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function reasonOf(id: string): RecoveryCopy['reason'] | null {
  if (daily.test(id)) return 'daily'
  if (id === 'before-joining.db') return 'before_joining'
  return /^before-version-\d+\.db$/.test(id) ? 'before_version' : null
}

function dailyInstant(id: string): string | null {
  const parts = daily.exec(id)
  if (!parts) return null
  const [, year, month, day, hour, minute, second] = parts
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
}
