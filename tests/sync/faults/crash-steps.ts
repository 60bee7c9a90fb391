/**
 * Loaded before anything else in the children of these tests (`node --import`), in each of their threads: numbers every step that writes (a
 * statement of SQLite, a file written, synced, renamed, removed) and ends the whole process with SIGKILL before the n-th one of a thread.
 * The product knows nothing of it. `SPORTELLO_STEPS_FILE`: every step is noted there. `SPORTELLO_CRASH_AT`: `<thread> <n>`.
 */
import Database from 'better-sqlite3-multiple-ciphers'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'
import { isMainThread } from 'node:worker_threads'

const thread = isMainThread ? 'main' : basename(process.argv[1] ?? 'worker', '.ts')
const plainWrite = fs.writeSync
let counted = 0
let log: number | null = null

/** Also called by the child itself, at the places of an exchange. */
export function step(what: string): void {
  const { SPORTELLO_STEPS_FILE: file, SPORTELLO_CRASH_AT: at } = process.env
  if (file === undefined && at === undefined) return
  counted += 1
  if (file !== undefined) plainWrite((log ??= fs.openSync(file, 'a')), `${thread} ${counted} ${what.replaceAll(/\s+/g, ' ').slice(0, 80)}\n`)
  if (at === `${thread} ${counted}`) process.kill(process.pid, 'SIGKILL')
}

type Plain = (this: unknown, ...given: unknown[]) => unknown
function numbered(owner: object, name: string, what: (self: unknown, given: readonly unknown[]) => string | null): void {
  const plain = Reflect.get(owner, name) as Plain
  Reflect.set(owner, name, function numberedStep(this: unknown, ...given: unknown[]) {
    const told = what(this, given)
    if (told !== null) step(told)
    return plain.apply(this, given)
  })
}

const inFolder = (path: unknown): string => (typeof path === 'string' ? basename(path) : '')
for (const name of ['writeSync', 'fsyncSync', 'fdatasyncSync', 'ftruncateSync'] as const) numbered(fs, name, () => name)
for (const name of ['writeFileSync', 'truncateSync', 'renameSync', 'rmSync', 'unlinkSync', 'copyFileSync', 'cpSync', 'linkSync'] as const) numbered(fs, name, (_self, [path]) => `${name} ${inFolder(path)}`)
syncBuiltinESMExports()

const probe = new Database(':memory:')
const statement = probe.prepare('SELECT 1')
const prototypeOf = (value: object): object => Object.getPrototypeOf(value) as object
numbered(prototypeOf(statement), 'run', (self) => sourceOf(self))
numbered(prototypeOf(probe), 'exec', (_self, [sql]) => String(sql))
numbered(prototypeOf(probe), 'pragma', (_self, [sql]) => (/checkpoint|user_version *=|key *=/.test(String(sql)) ? String(sql).replace(/x'[0-9a-f]+'/, 'x') : null))
probe.close()

function sourceOf(self: unknown): string {
  return typeof self === 'object' && self !== null && 'source' in self ? String(self.source) : 'run'
}
