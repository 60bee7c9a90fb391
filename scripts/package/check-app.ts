/** What an archive of the application must hold, judged from its bytes alone. */
import { readAsar, isIntact } from './asar.ts'
import type { Asar, AsarFile } from './asar.ts'
import { compareFiles } from './app-files.ts'
import type { Target } from './app-files.ts'
import { badName, badText } from './secrets.ts'

export type CheckOptions = {
  readonly target: Target
  /** Folders of the packing machine whose paths must not appear. */
  readonly places?: readonly string[]
  /** Paths inside `<archive>.unpacked`, as they lie on disk. */
  readonly unpackedOnDisk?: readonly string[]
}

const binary = /\.(?:node|woff2|png)$/

/** One line per thing that is wrong, none if nothing is. Throws `AsarError` for what is no archive. */
export function checkAsar(path: string, options: CheckOptions): string[] {
  return checkContent(readAsar(path), options)
}

export function checkContent({ files }: Asar, { target, places = [], unpackedOnDisk }: CheckOptions): string[] {
  const paths = files.map((file) => file.path)
  const { missing, unexpected } = compareFiles(paths, target)
  return [
    ...missing.map((path) => `missing: ${path}`),
    ...unexpected.map((path) => `not on the list: ${path}`),
    ...files.flatMap((file) => checkFile(file, places)),
    ...checkManifest(files.find(({ path }) => path === 'package.json')),
    ...(unpackedOnDisk === undefined ? [] : strangers(files, unpackedOnDisk)),
  ]
}

function checkFile(file: AsarFile, places: readonly string[]): string[] {
  const { path, unpacked, content } = file
  const name = badName(path)
  const text = binary.test(path) ? null : badText(content.toString('utf8'), places)
  return [
    ...(name === null ? [] : [`${name}: ${path}`]),
    ...(text === null ? [] : [`${text} inside ${path}`]),
    ...(isIntact(file) ? [] : [`its hash is not that of the header: ${path}`]),
    // Electron copies a binary that it finds packed into the temporary folder before it loads it: writable by others.
    ...(unpacked === path.endsWith('.node') ? [] : [unpacked ? `unpacked for no reason: ${path}` : `a binary that is not unpacked: ${path}`]),
  ]
}

/** The package's own description: what it runs, and nothing that only a developer needs. */
function checkManifest(file: AsarFile | undefined): string[] {
  if (file === undefined) return []
  const manifest = JSON.parse(file.content.toString('utf8')) as Record<string, unknown>
  return [
    ...(manifest['main'] === 'out/main/main.js' && manifest['type'] === 'module' ? [] : ['package.json does not start out/main/main.js as a module']),
    ...['devDependencies', 'scripts', 'allowScripts', 'build'].filter((key) => key in manifest).map((key) => `package.json still has ${key}`),
  ]
}

/** Files beside the archive that its header does not know: nothing checks those. */
function strangers(files: readonly AsarFile[], onDisk: readonly string[]): string[] {
  const known = new Set(files.filter(({ unpacked }) => unpacked).map(({ path }) => path))
  return onDisk.filter((path) => !known.has(path)).map((path) => `beside the archive and unknown to it: ${path}`)
}
