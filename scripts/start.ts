/** `npm start`: builds what is needed, makes a demo where there is no data, and opens the desk. */
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { readPort } from '../electron/serve/arguments.ts'
import { readDemoMarker } from '../electron/serve/demo-marker.ts'
import { CannotStartError, busyMessage, closeOnSignal, runServe } from '../electron/serve/run.ts'
import { DataDirectoryBusyError } from '../electron/core/store/lock.ts'
import { build, isBuilt, projectRoot, rendererDir } from './build.ts'
import type { BuildTarget } from './build.ts'
import { chosenDataDir } from './data-dir.ts'
import { prepareDemo } from './demo-setup.ts'
import { findElectron, installedElectron } from './find-electron.ts'
import type { FoundElectron } from './find-electron.ts'

type Options = { readonly dataDir: string; readonly demo: boolean; readonly customers: number; readonly browser: boolean; readonly open: boolean; readonly port?: number }

const usage = `npm start -- [--data-dir DIR] [--no-demo] [--demo-customers N] [--browser] [--port N] [--no-open]

  --data-dir        cartella dei dati / data directory
  --no-demo         primo avvio vero, senza dati inventati / a real first run, without invented data
  --demo-customers  quanti clienti inventare (5000) / how many customers to invent
  --browser         nel browser anche se c’è Electron / in the browser even where Electron is present
  --port            porta, nel browser / port, in the browser
  --no-open         stampa solo l’indirizzo / only prints the address
`
/** Electron that ends this soon with an error has not opened a window. */
const failedStartMs = 10_000

const italian = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('it')
function say(inItalian: string, inEnglish: string): void {
  process.stdout.write(`${italian ? inItalian : inEnglish}\n`)
}

function readOptions(args: readonly string[]): Options {
  const values = parse(args)
  const customers = Number(values['demo-customers'])
  if (!Number.isSafeInteger(customers) || customers < 1) throw new CannotStartError(usage)
  return {
    dataDir: chosenDataDir(values['data-dir']),
    demo: !values['no-demo'],
    customers,
    browser: values.browser || values['no-open'] || values.port !== undefined,
    open: !values['no-open'],
    ...(values.port === undefined ? {} : { port: readPort(values.port) }),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'data-dir': { type: 'string' },
        'no-demo': { type: 'boolean', default: false },
        'demo-customers': { type: 'string', default: '5000' },
        browser: { type: 'boolean', default: false },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
      },
    }).values
  } catch (cause) {
    throw new CannotStartError(usage, { cause })
  }
}

async function start(options: Options): Promise<void> {
  // Looked for while the rest is being made.
  const search = options.browser ? null : findElectron(() => say('Scarico Electron (circa 110 MB)…', 'Fetching Electron (about 110 MB)…'))
  await ensureBuilt(search !== null && installedElectron() !== null ? 'desktop' : 'renderer')
  if (options.demo) await demo(options)
  const electron = await search
  if (electron?.path && (await runElectron(electron.path, options))) return
  if (electron !== null) say(...withoutElectron(electron))
  sayCredentials(options.dataDir)
  const print = (line: string): void => say(line, line)
  const running = await runServe({ dataDir: options.dataDir, rendererDir, open: options.open, say: print, ...(options.port === undefined ? {} : { port: options.port }) })
  closeOnSignal(running.close)
}

async function ensureBuilt(target: BuildTarget): Promise<void> {
  if (isBuilt(target)) return
  say('Compilo Sportello…', 'Building Sportello…')
  await build(target)
}

async function demo({ dataDir, customers }: Options): Promise<void> {
  try {
    await prepareDemo({ dataDir, customers, say })
  } catch (cause) {
    if (!(cause instanceof DataDirectoryBusyError)) throw cause
    throw new CannotStartError(busyMessage, { cause })
  }
}

/** Runs the desk under Electron to its end; `false` when it could not open at all. */
async function runElectron(program: string, { dataDir }: Options): Promise<boolean> {
  await ensureBuilt('desktop')
  sayCredentials(dataDir)
  const began = Date.now()
  const env = { ...process.env }
  delete env['ELECTRON_RUN_AS_NODE']
  const child = spawn(program, [projectRoot, `--data-dir=${dataDir}`], { stdio: 'inherit', env })
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', (exitCode) => resolve(exitCode))
  })
  process.exitCode = code ?? 1
  const failed = code !== 0 && Date.now() - began < failedStartMs
  if (failed) process.exitCode = 0
  return !failed
}

function withoutElectron(found: FoundElectron): [string, string] {
  const [why, reason] = found.path === null ? reasons[found.reason] : (['non si è avviato', 'did not start'] as const)
  return [`Electron ${why}: Sportello si apre nel browser.`, `Electron ${reason}: Sportello opens in the browser.`]
}

const reasons = {
  no_screen: ['non può aprire finestre qui', 'cannot open windows here'],
  offline: ['non è installato e non si può scaricare', 'is not installed and cannot be fetched'],
  not_fetched: ['non è stato scaricato', 'was not fetched'],
} as const satisfies Record<Extract<FoundElectron, { path: null }>['reason'], readonly [string, string]>

function sayCredentials(dataDir: string): void {
  const people = readDemoMarker(dataDir)
  if (people === null) return
  say('Dati inventati. Per entrare (utente, password):', 'Invented data. To sign in (user, password):')
  for (const { username, password } of people) process.stdout.write(`  ${username.padEnd(16)}${password}\n`)
}

try {
  await start(readOptions(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof CannotStartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
