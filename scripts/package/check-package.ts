/**
 * `node scripts/package/check-package.ts FOLDER [--platform P] [--arch A]`: reads a packed application (`linux-unpacked`, `win-unpacked`,
 * `Sportello.app`) and says what is wrong with it. Runs nothing of it.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { readAsar } from './asar.ts'
import type { Target } from './app-files.ts'
import { checkContent } from './check-app.ts'
import { hostTarget, packagedProgram, projectRoot, resourcesFolder } from './places.ts'
import { compareFuses, readFuseWires } from './read-fuses.ts'

export type PackageReport = { readonly headerHash: string; readonly problems: readonly string[] }

/** Content, integrity and fuses of a packed application. Throws where there is none to read. */
export function checkPackage(folder: string, target: Target, places: readonly string[] = [projectRoot]): PackageReport {
  const resources = resourcesFolder(folder, target)
  const path = join(resources, 'app.asar')
  const asar = readAsar(path)
  const unpackedOnDisk = filesBelow(`${path}.unpacked`)
  return {
    headerHash: asar.headerHash,
    problems: [
      ...checkContent(asar, { target, places, unpackedOnDisk }),
      ...checkNeighbours(resources),
      ...checkRecordedHash(folder, target, asar.headerHash),
      ...compareFuses(readFuseWires(readFileSync(packagedProgram(folder, target).fuses))),
    ],
  }
}

/** `app` beside `app.asar` would be run instead of it where the fuse is off, and `default_app.asar` is Electron's own page. */
function checkNeighbours(resources: string): string[] {
  return ['app', 'default_app.asar'].filter((name) => existsSync(join(resources, name))).map((name) => `${name} lies beside app.asar`)
}

/**
 * Where Electron takes the header's hash from: the property list on macOS, a resource of the program on Windows. Linux has no such place,
 * and Electron does not check there.
 */
function checkRecordedHash(folder: string, target: Target, hash: string): string[] {
  const place = { linux: null, darwin: join(folder, 'Contents', 'Info.plist'), win32: packagedProgram(folder, target).path }[target.platform]
  if (place === null || readFileSync(place).includes(hash)) return []
  return ['the archive’s hash is not recorded where Electron looks for it']
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted()
}

function main(args: string[]): number {
  const { values, positionals } = parseArgs({ args, options: { platform: { type: 'string' }, arch: { type: 'string' } }, allowPositionals: true })
  const [folder] = positionals
  if (folder === undefined || !existsSync(folder)) {
    process.stderr.write('check-package FOLDER [--platform linux|darwin|win32] [--arch x64|arm64]\n')
    return 2
  }
  const host = hostTarget()
  const target = { platform: values.platform ?? host.platform, arch: values.arch ?? host.arch } as Target
  try {
    const { headerHash, problems } = checkPackage(folder, target)
    process.stdout.write(`app.asar header SHA-256 ${headerHash}\n`)
    for (const line of problems) process.stderr.write(`${line}\n`)
    return problems.length === 0 ? 0 : 1
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'the package cannot be read'}\n`)
    return 1
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2))
