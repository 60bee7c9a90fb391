/** `npm run import -- DIR`: loads a billing system's extracts into the desk's store, as the administrator who signs in. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createCore } from '../electron/core/core.ts'
import type { Core } from '../electron/core/core.ts'
import { brokenImportAuditEntry, importAuditEntry } from '../electron/core/import/import-audit.ts'
import { NoExtractsError } from '../electron/core/import/import-errors.ts'
import { importExtracts } from '../electron/core/import/import-extracts.ts'
import { hubLinkFile } from '../electron/core/sync/hub-link.ts'
import { DataDirectoryBusyError } from '../electron/core/store/lock.ts'
import type { SessionStatus } from '../shared/contract/session.ts'
import type { Result } from '../shared/domain/result.ts'
import { chosenDataDir } from './data-dir.ts'
import { askLine, askSecret } from './import/ask.ts'
import { progressPrinter, summaryLines } from './import/report.ts'

const usage = `Loads the extracts of a billing system (docs/import-format.md).

  npm run import -- DIR [--dry-run] [--resume] [--rejects DIR] [--data-dir DIR] [--user NAME]

  --dry-run   judges and counts everything, writes nothing to the store
  --resume    goes on where the last load was interrupted
  --rejects   where refused and warned lines are listed (DIR/rejects)
  --data-dir  the desk's data directory
  --user      an administrator; the password is asked for, or read from standard input
`
const clientId = 'import'

/** Expected troubles, told without a stack. */
class ImportTrouble extends Error {
  override readonly name = 'ImportTrouble'
}

type Options = { folder: string; rejectFolder: string; dataDir: string; user: string | null; dryRun: boolean; resume: boolean }

const flags = {
  'dry-run': { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  rejects: { type: 'string' },
  'data-dir': { type: 'string' },
  user: { type: 'string' },
} as const

function parseCommandLine() {
  try {
    return parseArgs({ allowPositionals: true, options: flags })
  } catch (cause) {
    throw new ImportTrouble(usage, { cause })
  }
}

function readOptions(): Options {
  const { values, positionals } = parseCommandLine()
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0) throw new ImportTrouble(usage)
  if (!existsSync(folder)) throw new ImportTrouble('The folder of the extracts does not exist.')
  return {
    folder: resolve(folder),
    rejectFolder: resolve(values.rejects ?? join(folder, 'rejects')),
    dataDir: chosenDataDir(values['data-dir']),
    user: values.user ?? null,
    dryRun: values['dry-run'],
    resume: values.resume,
  }
}

async function call<T>(core: Core, name: string, input: object): Promise<Result<T>> {
  return JSON.parse(await core.dispatch({ clientId }, JSON.stringify({ call: name, input }))) as Result<T>
}

/** Signs in through the one door; answers who it is. */
async function signIn(core: Core, user: string | null): Promise<string> {
  const status = await call<SessionStatus>(core, 'session.status', {})
  if (!status.ok) throw new ImportTrouble(`The desk does not answer: ${status.error.code}.`)
  if (status.value.state === 'setup') throw new ImportTrouble('There is no desk in this data directory yet: start it once and create the administrator.')
  const username = user ?? (await askLine('User: '))
  const reply = await call<SessionStatus>(core, 'session.signIn', { username, password: await askSecret('Password: ') })
  if (!reply.ok && reply.error.code === 'device_key_missing') throw new ImportTrouble('This desk is tied to the key store of its computer: only the desktop application opens it. Nothing was changed.')
  if (!reply.ok) throw new ImportTrouble(`Not signed in: ${reply.error.code}.`)
  const { person } = reply.value
  if (person?.role !== 'administrator') throw new ImportTrouble('Only an administrator may load extracts.')
  return person.id
}

async function load(core: Core, options: Options): Promise<number> {
  const actor = await signIn(core, options.user)
  const stop = new AbortController()
  const onInterrupt = () => {
    process.stderr.write('\nStopping after the batch at hand; --resume goes on from there.\n')
    stop.abort()
  }
  process.once('SIGINT', onInterrupt)
  if (existsSync(join(options.dataDir, hubLinkFile))) throw new ImportTrouble('This desk follows a hub: extracts are loaded there, with `npm run hub -- import DIR`. Nothing was changed.')
  const { key, databasePath, gate, deskWriter } = core.desk.bulkParts()
  try {
    const { folder, rejectFolder, dryRun, resume } = options
    const summary = await importExtracts({
      databasePath, key, gate, deskWriter, folder, rejectFolder, dryRun, resume, signal: stop.signal, onProgress: progressPrinter(),
    })
    await core.desk.audit(importAuditEntry(summary, actor, new Date()))
    for (const line of summaryLines(summary, rejectFolder)) process.stdout.write(`${line}\n`)
    return summary.state === 'done' ? 0 : 130
  } catch (problem) {
    if (!(problem instanceof NoExtractsError)) await core.desk.audit(brokenImportAuditEntry(problem, actor, new Date()))
    throw problem
  } finally {
    key.fill(0)
    process.removeListener('SIGINT', onInterrupt)
  }
}

async function main(): Promise<number> {
  const options = readOptions()
  const core = createCore({ dataDir: options.dataDir })
  try {
    return await load(core, options)
  } finally {
    await core.close()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  process.exitCode = 1
  if (error instanceof ImportTrouble) process.stderr.write(`${error.message}\n`)
  else if (error instanceof DataDirectoryBusyError) process.stderr.write('The desk is running on this data directory: close it first.\n')
  else if (error instanceof NoExtractsError) process.stderr.write('None of the nine files is in the folder (docs/import-format.md).\n')
  else throw error
}
