import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CoreEvent } from '../../../shared/contract/events.ts'
import { silentLog } from '../../../electron/core/ports.ts'
import { startServe } from '../../../electron/serve/serve.ts'
import type { ServedCore, Serving } from '../../../electron/serve/serve.ts'

type Session = NonNullable<ReturnType<ServedCore['desk']['session']>>

export type FakeCore = ServedCore & {
  readonly asked: { readonly clientId: string; readonly request: string }[]
  readonly signedIn: Set<string>
  reply: (request: string) => Promise<string>
  emit: (event: CoreEvent) => void
  listeners: () => number
}

/** A core that answers what the test says and remembers what it was asked. */
export function fakeCore(): FakeCore {
  const listeners = new Set<(event: CoreEvent) => void>()
  const signedIn = new Set<string>()
  const core: FakeCore = {
    asked: [],
    signedIn,
    reply: (request) => Promise.resolve(JSON.stringify({ ok: true, value: request.length })),
    dispatch: ({ clientId }, request) => {
      core.asked.push({ clientId, request })
      return core.reply(request)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    desk: { session: (clientId) => (signedIn.has(clientId) ? ({ clientId } as Session) : null) },
    emit: (event) => listeners.forEach((listener) => listener(event)),
    listeners: () => listeners.size,
  }
  return core
}

export const pageText = '<!doctype html><title>Sportello</title>'

/** The host on a free port, before a fake core and a renderer of two files. */
export async function startFakeServe(options: { now?: () => number } = {}): Promise<{ core: FakeCore; serving: Serving; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-serve-'))
  const rendererDir = join(folder, 'renderer')
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(join(rendererDir, 'index.html'), pageText)
  writeFileSync(join(rendererDir, 'assets', 'main.js'), 'export {}')
  writeFileSync(join(rendererDir, 'main.js.map'), '{}')
  writeFileSync(join(folder, 'secret.html'), 'not for you')
  const core = fakeCore()
  const serving = await startServe({ core, rendererDir, log: silentLog, ...options })
  return {
    core,
    serving,
    stop: async () => {
      await serving.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
