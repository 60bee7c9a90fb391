/** Puts core and host together for one data directory and sees both to their end. */
import { readFileSync } from 'node:fs'
import { DataDirectoryBusyError } from '../core/store/lock.ts'
import { createCore } from '../core/core.ts'
import type { Log } from '../core/ports.ts'
import { readDemoMarker } from './demo-marker.ts'
import { openBrowser } from './open-browser.ts'
import { RendererMissingError } from './renderer-files.ts'
import { startServe } from './serve.ts'

export type RunOptions = {
  readonly dataDir: string
  readonly rendererDir: string
  readonly port?: number
  readonly open: boolean
  /** Hears one line at a time. */
  readonly say: (line: string) => void
}

export type Running = { readonly address: string; readonly port: number; close: () => Promise<void> }

export const busyMessage = 'Sportello è già aperto su questa cartella di dati. / Sportello is already running on this data directory.'

/** One line that tells the person why the desk did not start. */
export class CannotStartError extends Error {
  override readonly name = 'CannotStartError'
}

/** Starts the desk in the browser; throws `CannotStartError` for what the person can mend. */
export async function runServe(options: RunOptions): Promise<Running> {
  const core = openCore(options.dataDir)
  try {
    const serving = await startServe({ core, rendererDir: options.rendererDir, log: errorLog, ...(options.port === undefined ? {} : { port: options.port }) })
    options.say(`Sportello: ${serving.address}`)
    if (options.open) openBrowser(serving.issueAddress())
    return {
      address: serving.address,
      port: serving.port,
      close: async () => {
        await serving.close()
        await core.close()
      },
    }
  } catch (error) {
    await core.close()
    if (error instanceof RendererMissingError) throw new CannotStartError('Prima serve `npm run build`. / Run `npm run build` first.', { cause: error })
    if (!isPortTaken(error)) throw error
    throw new CannotStartError(`Porta ${options.port} già in uso, ne scelga un’altra con --port. / Port ${options.port} is in use, choose another with --port.`, { cause: error })
  }
}

/** Closes on Ctrl+C and on a request to end, once; a second signal ends the process at once. */
export function closeOnSignal(close: () => Promise<void>): void {
  const stop = () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/** Codes and counts only; never what was asked or answered. */
export const errorLog: Log = (level, event, fields = {}) => {
  if (level === 'error') process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`)
}

/** This host runs from the sources, beside the project's own description. */
function ownVersion(): string {
  const about = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  return about.version
}

function openCore(dataDir: string) {
  try {
    return createCore({ dataDir, log: errorLog, demo: readDemoMarker(dataDir), appVersion: ownVersion() })
  } catch (error) {
    if (!(error instanceof DataDirectoryBusyError)) throw error
    throw new CannotStartError(busyMessage, { cause: error })
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
