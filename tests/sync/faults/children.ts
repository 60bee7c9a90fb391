/** Processes that are asked things, and may be gone before they answer. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export class GoneError extends Error {
  override readonly name = 'GoneError'
}
export type Child<Request extends object> = {
  /** Rejects with `GoneError` when it is dead, or dies of it. */
  readonly ask: <T>(request: Request) => Promise<T>
  /** What it said when it was ready. */
  readonly greeting: unknown
  readonly kill: () => Promise<void>
  /** Hangs up: it ends without a farewell. */
  readonly letGo: () => Promise<void>
  /** The signal that ended it, once it has ended. */
  readonly ended: Promise<NodeJS.Signals | null>
  readonly isGone: () => boolean
}
export type ChildOptions = { readonly script: string; readonly args: readonly string[]; readonly nodeArgs?: readonly string[]; readonly environment?: Readonly<Record<string, string>>; readonly under?: readonly string[] }

/** Sources are made ready once for all children of a worker. */
const compiled = mkdtempSync(join(tmpdir(), 'sportello-compiled-'))
process.on('exit', () => rmSync(compiled, { recursive: true, force: true }))
export const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** `under`: a program that runs Node, such as `strace` with its arguments. */
export async function startChild<Request extends object>({ script, args, nodeArgs = [], environment = {}, under = [] }: ChildOptions): Promise<Child<Request>> {
  const [program = process.execPath, ...before] = under.length === 0 ? [] : [...under, process.execPath]
  const child = fork(here(script), [...args], { execPath: program, execArgv: [...before, ...nodeArgs], stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: compiled, ...environment } })
  let errors = ''
  let gone = false
  let numbers = 0
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>()
  const lost = () => new GoneError(errors.slice(-1_500))
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ended = once(child, 'exit').then(([, signal]) => {
    gone = true
    for (const { reject } of waiting.values()) reject(lost())
    return signal as NodeJS.Signals | null
  })
  child.on('error', () => undefined)
  child.on('message', (message) => {
    const { id, value, failed } = message as { id?: number; value?: unknown; failed?: string }
    const asked = id === undefined ? undefined : waiting.get(id)
    if (id === undefined || !asked) return
    waiting.delete(id)
    if (failed === undefined) asked.resolve(value)
    else asked.reject(new Error(failed))
  })
  const [greeting] = (await Promise.race([once(child, 'message'), ended.then(() => Promise.reject(lost()))])) as unknown[]
  return {
    ask: <T>(request: Request) =>
      new Promise<T>((resolve, reject) => {
        if (gone) return reject(lost())
        numbers += 1
        waiting.set(numbers, { resolve: resolve as (value: unknown) => void, reject })
        child.send({ id: numbers, request }, () => undefined)
      }),
    greeting,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    letGo: async () => {
      if (child.connected) child.disconnect()
      await ended
    },
    ended,
    isGone: () => gone,
  }
}
