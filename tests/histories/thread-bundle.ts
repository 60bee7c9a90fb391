/**
 * The desk's snapshot thread in one file. A thread that loads its hundred sources anew takes longer than all else in a history; in the product it
 * is one file too. Mutants are put into the sources, so their processes load those.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import workerThreads from 'node:worker_threads'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const source = 'electron/core/sync/snapshot-worker.ts'

/** Within the project, where its packages are found. `clear` takes it away. */
export async function bundleThread(): Promise<{ readonly file: string; readonly clear: () => void }> {
  const outDir = join(root, 'node_modules/.cache/histories', String(process.pid))
  mkdirSync(outDir, { recursive: true })
  await build({
    root, configFile: false, logLevel: 'warn',
    build: { ssr: source, outDir, target: 'node24', rolldownOptions: { external: ['better-sqlite3-multiple-ciphers'], output: { entryFileNames: 'snapshot-worker.mjs', codeSplitting: false } } },
    ssr: { noExternal: true },
  })
  return { file: join(outDir, 'snapshot-worker.mjs'), clear: () => rmSync(outDir, { recursive: true, force: true }) }
}

/** From here on snapshot threads of this process begin with that file. */
export function useBundledThread(file: string): void {
  const { Worker } = workerThreads
  workerThreads.Worker = class extends Worker {
    constructor(...[url, options]: ConstructorParameters<typeof Worker>) {
      super(String(url).endsWith(source) ? pathToFileURL(file) : url, options)
    }
  }
  syncBuiltinESMExports()
}
