/** Puts the application together, file by file from the list, in a folder that is then packed as it is. */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { appFolders, argon2Binary, inFolder, nativePackages } from './app-files.ts'
import type { AppFolder, Target } from './app-files.ts'
import { productName, projectRoot } from './places.ts'

/** What the application is made of is not there; says what to do, in one line. */
export class StageError extends Error {
  override readonly name = 'StageError'
}

/**
 * Fills an empty folder with exactly the application's files, from the build and the installed packages. Returns their paths.
 * Throws `StageError` when one is missing.
 */
export function stageApp(folder: string, target: Target, root: string = projectRoot): string[] {
  const paths = appFolders(target).flatMap((each) => filesOf(each, root))
  rmSync(folder, { recursive: true, force: true })
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (path !== 'package.json') cpSync(join(root, path), join(folder, path), { dereference: true })
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(appManifest(root, target), null, 2)}\n`)
  return paths
}

function filesOf({ folder, required, optional }: AppFolder, root: string): string[] {
  for (const name of required) if (!existsSync(join(root, folder, name))) throw new StageError(missing(inFolder(folder, name)))
  const others = optional === null ? [] : readdirSync(join(root, folder)).filter((name) => optional.test(name) && !required.includes(name))
  return [...required, ...others.toSorted()].map((name) => inFolder(folder, name))
}

function missing(path: string): string {
  if (path.startsWith('out/')) return `${path} is not built: npm run build`
  return `${path} is not installed: a package is made on the system and processor it is for, after npm ci`
}

/** Its own description, not the developers': no scripts, no development packages, exact versions of what is inside. */
function appManifest(root: string, target: Target): Record<string, unknown> {
  const { version, description, license } = readManifest(join(root, 'package.json'))
  const inside = [...nativePackages, argon2Binary(target).name]
  return {
    name: productName.toLowerCase(),
    productName,
    version,
    description,
    license,
    author: { name: productName, email: 'desk@sportello.invalid' },
    homepage: 'https://sportello.invalid/',
    type: 'module',
    main: 'out/main/main.js',
    dependencies: Object.fromEntries(inside.map((name) => [name, readManifest(join(root, 'node_modules', name, 'package.json')).version])),
  }
}

function readManifest(path: string): { readonly version: string; readonly description?: string; readonly license?: string } {
  return JSON.parse(readFileSync(path, 'utf8')) as { version: string }
}
