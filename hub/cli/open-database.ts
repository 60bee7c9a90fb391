import { runningEmbedded, startEmbedded } from '../database/embedded.ts'
import { assertMigrated, migrate } from '../database/migrate.ts'
import type { Settings } from './settings.ts'

export type OpenDatabase = { readonly hubUrl: string; readonly ownerUrl: string | null; readonly embedded: boolean; readonly close: () => Promise<void> }

const nothing = (): Promise<void> => Promise.resolve()

/** The database to work on: the one named, or the hub's own, started for this process alone. Migrated where a role for that is at hand. */
export async function openDatabase({ config, databaseUrl, migrationUrl }: Settings): Promise<OpenDatabase> {
  if (databaseUrl !== null) {
    if (migrationUrl === null) await assertMigrated(databaseUrl)
    else await migrate(migrationUrl)
    return { hubUrl: databaseUrl, ownerUrl: migrationUrl, embedded: false, close: nothing }
  }
  const own = await startEmbedded(config.dataDir)
  try {
    await migrate(own.ownerUrl)
  } catch (error) {
    await own.stop()
    throw error
  }
  return { hubUrl: own.hubUrl, ownerUrl: own.ownerUrl, embedded: true, close: own.stop }
}

/** The same for a command that may run while a hub does: it then uses the database that hub has started. */
export async function openBeside(settings: Settings): Promise<OpenDatabase> {
  const running = settings.databaseUrl === null ? await runningEmbedded(settings.config.dataDir) : null
  if (running === null) return openDatabase(settings)
  await assertMigrated(running.hubUrl)
  return { hubUrl: running.hubUrl, ownerUrl: running.ownerUrl, embedded: true, close: nothing }
}
