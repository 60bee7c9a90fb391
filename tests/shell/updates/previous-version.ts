import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PinnedKey } from '../../../electron/main/policy/update-manifest.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const builder = fileURLToPath(new URL('build-with-keys.ts', import.meta.url))

/** What is built from these sources. */
export const nextVersion = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version
/** Older than any that will ever be released. */
export const previousVersion = '0.0.1'

/** Puts an installed application of the version before into a folder: these sources, with keys of the test pinned. */
export async function installPreviousVersion(folder: string, keys: readonly PinnedKey[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'sportello', productName: 'Sportello', version: previousVersion, type: 'module', main: 'out/main/main.js' }))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  for (const part of ['preload', 'renderer']) cpSync(join(root, 'out', part), join(folder, 'out', part), { recursive: true })
  await build(join(folder, 'out', 'main'), keys)
}

/** The sources themselves, as built: the next version. */
export const nextVersionFolder = root

function build(folder: string, keys: readonly PinnedKey[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [builder, folder], { stdio: ['pipe', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`the version before was not built: ${said.slice(-2000)}`))))
    child.stdin.end(JSON.stringify(keys))
  })
}
