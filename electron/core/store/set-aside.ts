import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { syncFile, syncFolder } from './durable.ts'
import { compact } from './copies.ts'

const companions = ['', '-wal', '-shm'] as const
const asideName = /^corrupt-\d{8}T\d{6}Z(-\d+)?(\.moving)?$/
/** Of a folder whose database has none in its place yet: files are moved one by one, and whoever is killed between two goes on here. */
const moving = '.moving'

/**
 * Moves the database with its log into `corrupt-<instant>.moving/`, under the same names: a log belongs to its file name, and beside another
 * database it would be taken for that one's. Nothing is deleted. Cut short, it goes on in the same folder. Answers the name the folder will
 * have when `settleAside` has been called, or `null` when there was nothing to move.
 */
export function setAside(dataDir: string, name: string, now: Date): string | null {
  const present = companions.map((suffix) => name + suffix).filter((each) => existsSync(join(dataDir, each)))
  const begun = movingFolder(dataDir)
  const goesOn = begun !== null && present.every((each) => !existsSync(join(begun, each)))
  // What is in the place has come there after what was moved then.
  if (begun !== null && !goesOn) settleAside(dataDir)
  if (present.length === 0 && begun === null) return null
  const folder = goesOn ? begun : freshFolder(dataDir, `corrupt-${compact(now)}`)
  for (const each of present) renameSync(join(dataDir, each), join(folder, each))
  syncFolder(folder)
  syncFolder(dataDir)
  return basename(folder, moving)
}

/** Another database is in the place now: what was set aside has its name. */
export function settleAside(dataDir: string): void {
  const folder = movingFolder(dataDir)
  if (folder === null) return
  renameSync(folder, folder.slice(0, -moving.length))
  syncFolder(dataDir)
}

/** Where the database of this desk is while none is in its place; `null` where nothing was set aside, or something is there again. */
export function lyingAside(dataDir: string, name: string): string | null {
  const folder = movingFolder(dataDir)
  return folder !== null && existsSync(join(folder, name)) ? join(folder, name) : null
}

/** A copy of a file beside its future place, to be worked on there. */
export function copyBeside(source: string, part: string): void {
  clearPart(part)
  copyFileSync(source, part)
}

/** What was left of an attempt before. */
export function clearPart(part: string): void {
  for (const suffix of companions) rmSync(part + suffix, { force: true })
}

/** Puts a closed database that was made beside the place into it, durably: it is there in full, or not at all. */
export function moveInPlace(part: string, target: string): void {
  for (const suffix of companions) if (existsSync(target + suffix)) throw new Error(`${basename(target)}${suffix} is in the way`)
  if (existsSync(`${part}-wal`)) throw new Error(`${basename(part)} is not folded together`)
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
  const left = readdirSync(dataDir).filter((name) => name.startsWith('outbox-journal.bin.damaged-') || /^desk\.db\.(new|rebuilt)(-wal|-shm)?$/.test(name))
  for (const each of ['copies', ...asideFolders(dataDir), ...left]) rmSync(join(dataDir, each), { recursive: true, force: true })
}

function movingFolder(dataDir: string): string | null {
  const name = asideFolders(dataDir).find((each) => each.endsWith(moving))
  return name === undefined ? null : join(dataDir, name)
}

function freshFolder(dataDir: string, name: string): string {
  for (let n = 1; ; n++) {
    const folder = join(dataDir, n === 1 ? name : `${name}-${n}`)
    if (existsSync(folder) || existsSync(folder + moving)) continue
    mkdirSync(folder + moving, { mode: 0o700 })
    return folder + moving
  }
}
