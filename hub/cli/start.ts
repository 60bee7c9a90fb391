import { createHub } from '../server/create-hub.ts'
import type { Hub } from '../server/create-hub.ts'
import { codeFromConsole, ensureFirstOffice, hasAdministrator } from '../identity/founding.ts'
import { openDatabase } from './open-database.ts'
import type { Settings } from './settings.ts'

export type RunningHub = { readonly address: string; readonly port: number; readonly hub: Hub; readonly stop: () => Promise<void> }
export type Words = (italian: string, english: string) => void

/** Opens the database, listens, and says where; while nobody administers the hub, also the code for its first desk. */
export async function startHub(settings: Settings, say: Words): Promise<RunningHub> {
  const database = await openDatabase(settings)
  try {
    const hub = await createHub({ config: settings.config, databaseUrl: database.hubUrl, clock: { now: () => new Date() } })
    await ensureFirstOffice(hub.parts)
    const port = await hub.listen()
    const address = `http://${settings.config.host.includes(':') ? `[${settings.config.host}]` : settings.config.host}:${port}`
    say(`Hub Sportello: ${address}`, `Sportello hub: ${address}`)
    if (!(await hasAdministrator(hub.parts.pool))) {
      const { code } = await codeFromConsole(hub.parts, null, true)
      say(`Codice per il primo sportello, i cui amministratori lo saranno anche qui: ${code}`, `Code for the first desk, whose administrators become this hub's: ${code}`)
    }
    return {
      address,
      port,
      hub,
      stop: async () => {
        await hub.stop()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
