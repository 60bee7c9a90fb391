/**
 * `node build-with-keys.ts FOLDER`, the pinned keys as JSON on the standard input: the main bundle once more, from the same sources and by the
 * same configuration, with these keys in the place of `electron/main/update-keys.ts`. The ordinary build can be told nothing of the kind.
 */
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { MainConfigFactory } from 'electron-vite'
import { build } from 'vite'
import type { Plugin } from 'vite'
import { join } from 'node:path'
import configuration from '../../../electron.vite.config.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const keyRing = join(root, 'electron', 'main', 'update-keys.ts')

function pin(keys: string): Plugin {
  return { name: 'pin-test-keys', enforce: 'pre', load: (id) => (id === keyRing ? `export const pinnedUpdateKeys = ${keys}` : null) }
}

const [outDir] = process.argv.slice(2)
if (outDir === undefined || configuration.main === undefined) throw new Error('build-with-keys.ts FOLDER')
const keys = JSON.stringify(JSON.parse(await text(process.stdin)))
const main = { ...configuration.main, build: { ...configuration.main.build, outDir } }
await build(await new MainConfigFactory(main, { configFile: false, root, mode: 'production', logLevel: 'warn', plugins: [pin(keys)] }, { root }).build())
const [{ publicKey = '' } = {}] = JSON.parse(keys) as { readonly publicKey?: string }[]
if (!readFileSync(join(outDir, 'main.js'), 'utf8').includes(publicKey)) throw new Error('the keys are not in the bundle: update-keys.ts has moved')
