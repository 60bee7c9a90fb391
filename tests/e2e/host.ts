import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../electron/serve/main.ts', import.meta.url))

/** A serve host in a process of its own. */
export type Host = {
  /** With the entry token. */
  readonly address: string
  readonly port: number
  /** Ends it: asked to close, or killed as a power cut would. */
  readonly stop: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>
}

/** Starts the desk on a data directory; on `port` where one is given, else on a free one. Rejects with what the host said. */
export function startHost(dataDir: string, port?: number): Promise<Host> {
  const child = spawn(process.execPath, [main, '--data-dir', dataDir, '--no-open', ...(port === undefined ? [] : ['--port', String(port)])], { stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const address = /http:\/\/\S+/.exec(output)?.[0]
      if (address !== undefined) resolve({ address, port: Number(new URL(address).port), stop: (signal) => stop(child, signal) })
    })
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.on('close', (code) => reject(new Error(`the host ended with ${code}: ${errors.slice(-1000)}`)))
  })
}

function stop(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('close', () => resolve())
    child.kill(signal)
  })
}
