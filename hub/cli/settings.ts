/** What the hub is told from outside: the environment, files named there, and a few options of the command line. */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { hubHashCost } from '../identity/passwords.ts'
import { usualConcurrency } from '../server/config.ts'
import type { HubConfig } from '../server/config.ts'

/** Something the operator can mend, said in one line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

export type Settings = { readonly config: HubConfig; readonly databaseUrl: string | null; readonly migrationUrl: string | null; readonly privateNetwork: boolean }
export type Options = { readonly port?: string | undefined; readonly host?: string | undefined; readonly 'data-dir'?: string | undefined; readonly 'dev-mail-dir'?: string | undefined }
type Env = Readonly<Record<string, string | undefined>>

const weakPasswords = new Set(['', 'postgres', 'password', 'passwd', 'sportello', 'changeme', 'change-me', 'secret', 'admin', 'root', 'test', 'example', 'hub', 'owner'])
export const defaultPort = 8460

/** Reads and checks everything at once. Throws `SettingsError`; in production also for what is only good enough to try things out. */
export function readSettings(options: Options, env: Env, version: string): Settings {
  const production = env['NODE_ENV'] === 'production'
  const dataDir = resolve(options['data-dir'] ?? env['SPORTELLO_HUB_DATA_DIR'] ?? defaultDataDir(env))
  const smtpUrl = secret(env, 'SPORTELLO_SMTP_URL')
  const settings: Settings = {
    databaseUrl: secret(env, 'DATABASE_URL'),
    migrationUrl: secret(env, 'DATABASE_MIGRATION_URL'),
    privateNetwork: env['SPORTELLO_DATABASE_NETWORK'] === 'private',
    config: {
      hubName: env['SPORTELLO_HUB_NAME'] ?? 'Sportello',
      version,
      production,
      host: options.host ?? env['SPORTELLO_HUB_HOST'] ?? '127.0.0.1',
      port: portOf(options.port ?? env['SPORTELLO_HUB_PORT'] ?? String(defaultPort)),
      trustedProxies: (env['SPORTELLO_TRUSTED_PROXIES'] ?? '').split(',').map((address) => address.trim()).filter((address) => address !== ''),
      dataDir,
      metricsToken: secret(env, 'SPORTELLO_METRICS_TOKEN'),
      mail: { smtpUrl, devDir: smtpUrl !== null ? null : resolve(options['dev-mail-dir'] ?? join(dataDir, 'mail')), from: env['SPORTELLO_MAIL_FROM'] ?? 'sportello@example.org' },
      passwordCost: hubHashCost,
      concurrency: usualConcurrency,
      threads: true,
      rateLimits: true,
    },
  }
  for (const problem of [...problems(settings), ...(production ? productionProblems(settings) : [])]) throw new SettingsError(problem)
  return settings
}

function* problems({ config, databaseUrl, migrationUrl }: Settings): Generator<string> {
  const exact = config.trustedProxies.find((address) => isIP(address) === 0)
  if (exact !== undefined) yield 'SPORTELLO_TRUSTED_PROXIES: exact addresses only, separated by commas'
  for (const [name, url] of [['DATABASE_URL', databaseUrl], ['DATABASE_MIGRATION_URL', migrationUrl]] as const) {
    if (url !== null && !/^postgres(ql)?:\/\//.test(url)) yield `${name}: must begin with postgres://`
  }
  if (migrationUrl !== null && databaseUrl === null) yield 'DATABASE_MIGRATION_URL without DATABASE_URL'
  if (config.metricsToken !== null && config.metricsToken.length < 24) yield 'SPORTELLO_METRICS_TOKEN: at least 24 characters'
}

function* productionProblems({ config, databaseUrl, migrationUrl, privateNetwork }: Settings): Generator<string> {
  for (const [name, text] of [['DATABASE_URL', databaseUrl], ['DATABASE_MIGRATION_URL', migrationUrl]] as const) {
    if (text === null) continue
    const url = new URL(text)
    if (weakPasswords.has(decodeURIComponent(url.password).toLowerCase()) && url.searchParams.get('sslcert') === null) yield `${name}: a password of its own, not a default one`
    if (url.username === 'postgres') yield `${name}: a role of the hub's own, not the superuser`
    if (!privateNetwork && !isLocal(url) && !['verify-full', 'verify-ca'].includes(url.searchParams.get('sslmode') ?? '')) yield `${name}: sslmode=verify-full for a database on another machine, or SPORTELLO_DATABASE_NETWORK=private`
  }
  if (databaseUrl !== null && databaseUrl === migrationUrl) yield 'DATABASE_MIGRATION_URL: a role of its own, other than the one the hub works as'
  if (config.hubName === 'Sportello') yield 'SPORTELLO_HUB_NAME: what the desks are to show'
  if (config.mail.smtpUrl === null) yield 'SPORTELLO_SMTP_URL: a mail server'
  if (config.mail.from.endsWith('@example.org')) yield 'SPORTELLO_MAIL_FROM: the address mail comes from'
}

const isLocal = (url: URL) => ['', 'localhost', '127.0.0.1', '[::1]'].includes(url.hostname) || (url.searchParams.get('host') ?? '').startsWith('/')

/** From `NAME`, or from the file that `NAME_FILE` names: what stands in the environment is seen by whoever lists processes. */
function secret(env: Env, name: string): string | null {
  const path = env[`${name}_FILE`]
  if (path === undefined) return env[name] ?? null
  if (env[name] !== undefined) throw new SettingsError(`${name} and ${name}_FILE: one of the two`)
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new SettingsError(`${name}_FILE: cannot be read`, { cause })
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new SettingsError('--port: a number from 0 to 65535')
}

function defaultDataDir(env: Env): string {
  switch (process.platform) {
    case 'win32':
      return join(env['PROGRAMDATA'] ?? join(homedir(), 'AppData', 'Local'), 'SportelloHub')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'SportelloHub')
    default:
      return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'sportello-hub')
  }
}
