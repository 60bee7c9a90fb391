import { builtinModules } from 'node:module'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFoldMemory, endFolding } from '../../electron/core/import/log-fold.ts'
import type { FoldWorkerData, ImportReply, ImportWorkerData } from '../../electron/core/import/worker-messages.ts'
import { createTurnMemory } from '../../electron/core/import/write-turn.ts'
import { openStore } from '../../electron/core/store/store.ts'
import { leftOut as leftOutNames, nativePackages } from '../../scripts/package/app-files.ts'
import { readAsar } from '../../scripts/package/asar.ts'
import { checkAsar } from '../../scripts/package/check-app.ts'
import { hostTarget, projectRoot } from '../../scripts/package/places.ts'
import { StageError, stageApp } from '../../scripts/package/stage.ts'
import { countRows } from '../core/import/support/import-store.ts'
import { rowCount, smallExtracts, writeExtracts } from '../core/import/support/small-extracts.ts'
import { builtApp } from './support/built-app.ts'
import type { BuiltApp } from './support/built-app.ts'
import { find, sourceOf } from './support/sources.ts'

const leftOut: readonly string[] = leftOutNames
let app: BuiltApp
beforeAll(async () => {
  app = await builtApp()
})
afterAll(() => app.remove())

const bundles = () => readdirSync(join(app.staged, 'out', 'main')).map((name) => sourceOf(name, readFileSync(join(app.staged, 'out', 'main', name), 'utf8')))

describe('the built desk as it is packed', () => {
  it('holds the list and nothing else, and nothing that does not belong into a package', () => {
    expect(checkAsar(app.archive, { target: hostTarget(), places: [projectRoot] })).toEqual([])
    expect(readAsar(app.archive).files.map(({ path }) => path).toSorted()).toEqual(app.paths.toSorted())
  })

  it('has every page file that the page asks for', () => {
    const inside = new Set(app.paths)
    const html = readFileSync(join(app.staged, 'out', 'renderer', 'index.html'), 'utf8')
    const asked = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => `out/renderer/${path ?? ''}`)
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.filter((path) => !inside.has(path))).toEqual([])
  })

  it('finds every module that it loads', () => {
    const known = new Set<string>([...builtinModules, 'electron', ...nativePackages])
    const imports = find(bundles(), ts.isImportDeclaration).map(({ node }) => (node.moduleSpecifier as ts.StringLiteral).text)
    const others = imports.filter((name) => !name.startsWith('node:') && !name.startsWith('./') && !known.has(name))
    expect(others).toEqual([])
    const chunks = imports.filter((name) => name.startsWith('./')).map((name) => `out/main/${name.slice(2)}`)
    expect(chunks.filter((path) => !app.paths.includes(path))).toEqual([])
    // `require` by any of its names; libraries look for others and go on without.
    const required = find(bundles(), ts.isCallExpression).flatMap(({ node }) => {
      const [name] = node.arguments
      const requires = /^(?:__require|require|import|createRequire\(.*\))$/.test(node.expression.getText())
      return requires && name !== undefined && ts.isStringLiteralLike(name) ? [name.text] : []
    })
    expect([...new Set(required)].filter((name) => !name.startsWith('node:') && !name.startsWith('./') && !known.has(name) && !leftOut.includes(name))).toEqual([])
  })

  it('does not depend on which databases are installed', () => {
    const { peerDependencies } = JSON.parse(readFileSync(join(projectRoot, 'node_modules', 'typeorm', 'package.json'), 'utf8')) as { peerDependencies: Record<string, string> }
    expect(Object.keys(peerDependencies).filter((name) => !leftOut.includes(name))).toEqual([])
  })

  it('has its workers beside the code that starts them', () => {
    // import-extracts.ts puts their names together from a file's own address: a chunk in a folder of its own would look there.
    expect(readdirSync(join(app.staged, 'out', 'main'), { withFileTypes: true }).filter((entry) => !entry.isFile())).toEqual([])
    expect(app.paths).toEqual(expect.arrayContaining(['out/main/main.js', 'out/main/import-worker.js', 'out/main/fold-worker.js', 'out/main/migrate-worker.js', 'out/main/snapshot-worker.js', 'out/main/upkeep-worker.js']))
  })

  it('is not put together when something is missing, and says what to do', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sportello-stage-'))
    try {
      expect(() => stageApp(join(folder, 'app'), hostTarget(), join(folder, 'empty'))).toThrow(StageError)
      const other = { ...hostTarget(), arch: hostTarget().arch === 'x64' ? 'arm64' : 'x64' } as const
      expect(() => stageApp(join(folder, 'app'), other)).toThrow(/argon2.* is not installed: a package is made on the system and processor it is for/)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('the packed import workers', () => {
  it('load a billing system’s extracts into the store', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sportello-packed-import-'))
    const key = new Uint8Array(32).fill(7)
    const share = (): SharedArrayBuffer => {
      const shared = new SharedArrayBuffer(key.length)
      new Uint8Array(shared).set(key)
      return shared
    }
    const store = await openStore(join(folder, 'desk.db'), key, { create: true })
    try {
      const extracts = smallExtracts(40)
      mkdirSync(join(folder, 'in'), { recursive: true })
      writeExtracts(join(folder, 'in'), extracts)
      const fold = createFoldMemory()
      const keys = [share(), share()] as const
      const job = { folder: join(folder, 'in'), rejectFolder: join(folder, 'rejects'), dryRun: false, resume: false, startedAt: '2026-03-10T09:00:00.000Z' }
      const helper = run('fold-worker.js', { databasePath: store.path, key: keys[1], fold } satisfies FoldWorkerData)
      const replies = await run('import-worker.js', { databasePath: store.path, key: keys[0], turn: createTurnMemory(), fold, job } satisfies ImportWorkerData)
      endFolding(fold)
      await helper
      const summary = replies.find((reply) => reply.kind === 'summary')?.summary
      expect(summary).toMatchObject({ state: 'done', records: rowCount(extracts) })
      expect(countRows(store, 'customer')).toBe(40)
      expect(countRows(store, 'reading')).toBe(240)
      // Both have read the key and wiped it.
      for (const used of keys) expect([...new Uint8Array(used)]).toEqual(Array.from({ length: 32 }, () => 0))
    } finally {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

function run(name: string, workerData: FoldWorkerData | ImportWorkerData): Promise<readonly ImportReply[]> {
  return new Promise((resolve, reject) => {
    const replies: ImportReply[] = []
    const worker = new Worker(join(app.staged, 'out', 'main', name), { workerData })
    worker.on('message', (reply: ImportReply) => replies.push(reply))
    worker.on('error', reject)
    worker.on('exit', () => resolve(replies))
  })
}
