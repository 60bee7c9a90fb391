import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { syncFile, syncFolder } from './durable.ts'
import { compact } from './copies.ts'

const companions = ['', '-wal', '-shm'] as const
const asideName = /^corrupt-\d{8}T\d{6}Z(-\d+)?$/

/**
 * Moves the database with its log into `corrupt-<instant>/`, under the same names: a log belongs to its file name, and beside another
 * database it would be taken for that one's. Nothing is deleted. Answers the folder, or `null` when there was nothing to move.
 */
export function setAside(dataDir: string, name: string, now: Date): string | null {
  const present = companions.map((suffix) => name + suffix).filter((each) => existsSync(join(dataDir, each)))
  if (present.length === 0) return null
  const folder = freshFolder(dataDir, `corrupt-${compact(now)}`)
  // The database first: cut short here, the log is left without it, and the next time it is moved too.
  for (const each of present) renameSync(join(dataDir, each), join(folder, each))
  syncFolder(folder)
  syncFolder(dataDir)
  return folder
}

/** Puts a whole file in a place that is empty, durably: it is there in full, or not at all. */
export function putInPlace(source: string, target: string): void {
  const part = `${target}.new`
  rmSync(part, { force: true })
  copyFileSync(source, part)
  moveInPlace(part, target)
}

/** The same for a file that was made beside the place. */
export function moveInPlace(part: string, target: string): void {
  for (const suffix of companions) if (existsSync(target + suffix)) throw new Error(`${basename(target)}${suffix} is in the way`)
  syncFile(part)
  renameSync(part, target)
  syncFolder(dirname(target))
}

/** Folders with what was set aside, the newest first. */
export function asideFolders(dataDir: string): string[] {
  return readdirSync(dataDir).filter((name) => asideName.test(name)).toSorted().toReversed()
}

/** For customers that must not be here any more: copies and what was set aside hold what the database held then. */
export function removeOldStates(dataDir: string): void {
  const journals = readdirSync(dataDir).filter((name) => name.startsWith('outbox-journal.bin.damaged-'))
  for (const each of ['copies', ...asideFolders(dataDir), ...journals]) rmSync(join(dataDir, each), { recursive: true, force: true })
}

function freshFolder(dataDir: string, name: string): string {
  for (let n = 1; ; n++) {
    const folder = join(dataDir, n === 1 ? name : `${name}-${n}`)
    if (existsSync(folder)) continue
    mkdirSync(folder, { mode: 0o700 })
    return folder
  }
}
