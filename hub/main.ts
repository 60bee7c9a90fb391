/** `npm run hub`: starts the hub, or does one thing at its machine. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { roles } from '../shared/domain/records/people.ts'
import { addPerson, backedUpCommand, backupCommand, backupKeyCommand, checkCommand, disablePerson, enrolCommand, importCommand, listPeople, migrateCommand, positionCommand, restoreCommand, restoredCommand } from './cli/commands.ts'
import { SettingsError, readSettings } from './cli/settings.ts'
import { startHub } from './cli/start.ts'
import { EmbeddedBusyError, EmbeddedFailedError } from './database/embedded.ts'
import { BackupError } from './database/backup-error.ts'
import { WrongAuditKeyError } from './identity/audit-key.ts'
import { NoEmbeddedPostgresError } from './database/binaries.ts'
import { DatabaseFromFutureError, MigrationNeededError } from './database/migrate.ts'

const usage = `npm run hub -- [start] [--port N] [--host ADDRESS] [--data-dir DIR] [--dev-mail-dir DIR]
npm run hub -- enrol [--office NAME] [--founding]
npm run hub -- person list | person add USERNAME --name NAME --role ROLE --password-file FILE | person disable USERNAME
npm run hub -- import DIR [--dry-run]
npm run hub -- migrate
npm run hub -- check
npm run hub -- backup-key FILE | backup DIR [--key FILE.pub] | restore BACKUP --key FILE --data-dir DIR | restored
npm run hub -- position | backed-up POSITION
`
const italian = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('it')
const line = (text: string): void => void process.stdout.write(`${text}\n`)
const words = (inItalian: string, inEnglish: string): void => line(italian ? inItalian : inEnglish)

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        port: { type: 'string' }, host: { type: 'string' }, 'data-dir': { type: 'string' }, 'dev-mail-dir': { type: 'string' }, office: { type: 'string' }, founding: { type: 'boolean', default: false },
        key: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' }, 'password-file': { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
      },
    })
  } catch (cause) {
    throw new SettingsError(usage, { cause })
  }
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments()
  const [command = 'start', ...rest] = positionals
  if (values.help) return line(usage)
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
  const settings = readSettings(values, process.env, version)
  switch (command) {
    case 'start': {
      const running = await startHub(settings, words)
      return stopOnSignal(running.stop)
    }
    case 'enrol':
      return enrolCommand(settings, line, values.office ?? null, values.founding)
    case 'migrate':
      return migrateCommand(settings, line)
    case 'check':
      if (!(await checkCommand(settings, line))) process.exitCode = 1
      return
    case 'import':
      if (rest[0] === undefined) throw new SettingsError(usage)
      if (!(await importCommand(settings, line, rest[0], values['dry-run']))) process.exitCode = 1
      return
    case 'backup':
      if (rest[0] === undefined) throw new SettingsError(usage)
      return backupCommand(settings, line, resolve(rest[0]), values.key ?? null)
    case 'position':
      return positionCommand(settings, line)
    case 'backed-up':
      if (rest[0] === undefined) throw new SettingsError(usage)
      return backedUpCommand(settings, line, rest[0])
    case 'backup-key':
      if (rest[0] === undefined) throw new SettingsError(usage)
      return backupKeyCommand(line, resolve(rest[0]))
    case 'restore':
      if (rest[0] === undefined || values.key === undefined) throw new SettingsError(usage)
      return restoreCommand(settings, line, resolve(rest[0]), resolve(values.key))
    case 'restored':
      return restoredCommand(settings, line)
    case 'person':
      return person(settings, rest, values)
    default:
      throw new SettingsError(usage)
  }
}

async function person(settings: Parameters<typeof listPeople>[0], [what, username]: readonly string[], values: { name?: string | undefined; role?: string | undefined; 'password-file'?: string | undefined }): Promise<void> {
  if (what === 'list') return listPeople(settings, line)
  if (username === undefined) throw new SettingsError(usage)
  if (what === 'disable') return disablePerson(settings, line, username)
  const role = roles.find((known) => known === values.role)
  const file = values['password-file']
  if (what !== 'add' || role === undefined || file === undefined) throw new SettingsError(usage)
  return addPerson(settings, line, { username, displayName: values.name ?? username, role, password: readFileSync(file, 'utf8').replace(/\r?\n$/, '') })
}

/** Ends in order once; a second signal ends at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  const onSignal = () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
    stop().then(() => process.exit(0), () => process.exit(1))
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

const mendable = [WrongAuditKeyError, BackupError, SettingsError, EmbeddedBusyError, EmbeddedFailedError, NoEmbeddedPostgresError, DatabaseFromFutureError, MigrationNeededError]
try {
  await main()
} catch (error) {
  if (!mendable.some((kind) => error instanceof kind) && !(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`)
  process.exitCode = 1
}
