import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { generateDemo } from '../../scripts/demo/generate.ts'
import { romeDay } from '../../shared/domain/civil-day.ts'

const main = fileURLToPath(new URL('../../hub/main.ts', import.meta.url))
const run = promisify(execFile)

/** A hub as `npm run hub` starts it, on a PostgreSQL of its own, with the demo's customers. */
export type HubHost = {
  readonly address: string
  /** The code printed for the first desk. */
  readonly foundingCode: string
  /** A code for one more desk of the first office, as made at the hub's machine. */
  readonly enrol: () => Promise<string>
  readonly stop: () => Promise<void>
}

/** Starts a hub and imports as many customers of the demo. Rejects with what the hub said. */
export async function openHub(customers: number): Promise<HubHost> {
  // Beside each other, not one in the other: PostgreSQL may have to run as somebody else, who must reach its directory.
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-e2e-hub-'))
  const extracts = mkdtempSync(join(tmpdir(), 'sportello-e2e-extracts-'))
  const child = spawn(process.execPath, [main, 'start', '--port', '0', '--data-dir', dataDir], { stdio: ['ignore', 'pipe', 'pipe'] })
  // A test that ran out of time leaves no hub behind.
  const orphaned = (): void => void child.kill('SIGTERM')
  process.once('exit', orphaned)
  const stop = async (): Promise<void> => {
    process.off('exit', orphaned)
    await ended(child)
    for (const folder of [dataDir, extracts]) rmSync(folder, { recursive: true, force: true })
  }
  try {
    const { address, foundingCode } = await started(child)
    generateDemo(extracts, { customers, seed: 1, today: romeDay(Date.now()), light: true })
    await run(process.execPath, [main, 'import', extracts, '--data-dir', dataDir])
    const enrol = async (): Promise<string> => {
      const { stdout } = await run(process.execPath, [main, 'enrol', '--data-dir', dataDir])
      return stdout.trim().split(/\s/)[0] ?? ''
    }
    return { address, foundingCode, enrol, stop }
  } catch (problem) {
    await stop()
    throw problem
  }
}

function started(child: ChildProcess): Promise<Pick<HubHost, 'address' | 'foundingCode'>> {
  return new Promise((resolve, reject) => {
    let output = ''
    let errors = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
      const foundingCode = /: (\d{8}|[A-Z2-7-]{20,})\s/.exec(output)?.[1]
      if (address !== undefined && foundingCode !== undefined) resolve({ address, foundingCode })
    })
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.on('close', (code) => reject(new Error(`the hub ended with ${code}: ${errors.slice(-1000)}`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('close', () => resolve())
    child.kill('SIGTERM')
  })
}
