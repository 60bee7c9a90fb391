/** Looks for updates now and then, and installs one when the person says so. Off unless the packaged application is told where, and has keys to check with. */
import { app, dialog, net } from 'electron'
import type { Core } from '../core/core.ts'
import type { Log } from '../core/ports.ts'
import { notUpdated } from './crash-words.ts'
import { longestManifest } from './policy/update-manifest.ts'
import { startAgain } from './start-again.ts'
import { readUpdateConfig, rolloutId } from './update-config.ts'
import { pinnedUpdateKeys } from './update-keys.ts'
import { checkForUpdate, installUpdate } from './updates.ts'
import type { InstallOutcome, ReadyUpdate, Updater, UpdateParts } from './updates.ts'

const firstLookMs = 2 * 60_000
const betweenLooksMs = 4 * 60 * 60_000
/** An import or a migration takes minutes. */
const betweenTriesMs = 10 * 60_000

type Parts = {
  readonly core: Core
  readonly dataDir: string
  readonly log: Log
  /** Electron's updater for one server; loaded only when it is wanted. */
  readonly updaterFor: (url: URL) => Promise<Updater>
}

export function followUpdates({ core, dataDir, log, updaterFor }: Parts): void {
  const found = app.isPackaged ? readUpdateConfig([process.resourcesPath, dataDir]) : null
  if (found === null || pinnedUpdateKeys.length === 0) return log('info', 'updates_off', { reason: found === null ? 'no_server' : 'no_keys' })
  const url = found
  const deskId = rolloutId(dataDir)
  const failed = (error: unknown): void => log('error', 'update_failed', { name: error instanceof Error ? error.name : 'unknown' })
  const later = (ms: number, work: () => Promise<void>): void => void setTimeout(() => void work().catch(failed), ms).unref()
  let updater: Promise<Updater> | null = null
  /** One is ready: the person is being asked, or work under way is waited for. */
  let pending = false

  async function look(): Promise<void> {
    later(betweenLooksMs, look)
    if (pending) return
    const parts: UpdateParts = {
      url,
      keys: pinnedUpdateKeys,
      facts: () => ({ currentVersion: app.getVersion(), now: new Date(), deskId }),
      fetchBytes,
      updater: await (updater ??= updaterFor(url)),
      busy: () => core.desk.busy(),
      ask,
      close: async () => {
        await core.close()
        // The new version may be started before this one has gone, and would leave again.
        app.releaseSingleInstanceLock()
      },
      failed: () => void tellAndStartAgain().catch(failed),
      log,
    }
    const checked = await checkForUpdate(parts)
    if (checked.kind === 'ready') await tryInstall(checked.update, parts)
  }

  async function tryInstall(update: ReadyUpdate, parts: UpdateParts): Promise<void> {
    pending = true
    let outcome: InstallOutcome | null = null
    try {
      outcome = await installUpdate(update, parts)
    } finally {
      pending = outcome === 'busy'
    }
    if (pending) later(betweenTriesMs, () => tryInstall(update, parts))
  }

  later(firstLookMs, look)
}

async function fetchBytes(address: URL): Promise<Uint8Array | null> {
  const answer = await net.fetch(address.href, { cache: 'no-store', credentials: 'omit', redirect: 'error' })
  if (answer.status === 404) return null
  if (answer.status !== 200) throw new Error('the server does not answer as it should')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return bytes.subarray(0, longestManifest + 1)
}

async function tellAndStartAgain(): Promise<void> {
  await dialog.showMessageBox({ type: 'error', title: 'Sportello', ...notUpdated, buttons: [...notUpdated.buttons], noLink: true })
  startAgain()
  app.quit()
}

/** In both languages: nobody may be signed in. */
async function ask(version: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Sportello',
    message: `È pronta la versione ${version} di Sportello.\nVersion ${version} of Sportello is ready.`,
    detail: 'Sportello si chiude, si aggiorna e riparte; ciò che è stato salvato e le bozze restano.\nSportello closes, updates and starts again; what was saved and the drafts stay.',
    buttons: ['Aggiorna ora / Update now', 'Più tardi / Later'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}
