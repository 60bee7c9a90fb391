import { WrongFileError } from './updates.ts'
import type { Updater } from './updates.ts'
import type { OfferedFile } from './policy/update-decision.ts'

/** The part of electron-updater 6 that is used. The package is CommonJS and makes its updater when it is first looked at. */
export type ElectronUpdater = {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  allowDowngrade: boolean
  allowPrerelease: boolean
  logger: null | object
  setFeedURL: (options: { provider: 'generic'; url: string }) => void
  checkForUpdates: () => Promise<{ readonly isUpdateAvailable: boolean; readonly updateInfo: { readonly version: string; readonly files: readonly OfferedFile[] } } | null>
  downloadUpdate: () => Promise<string[]>
  quitAndInstall: (isSilent?: boolean, isForceRunAfter?: boolean) => void
  on: (event: 'error', listener: (error: Error) => void) => unknown
  once: (event: 'error', listener: (error: Error) => void) => unknown
}

/** Electron's updater for one server, to be made once; everything it would do by itself is switched off. Signature checks stay as they are. */
export async function systemUpdater(url: URL): Promise<Updater> {
  // By import, so that it is in the bundle: nothing of it lies in the package otherwise. All exports of a CommonJS package are its default.
  const { default: loaded } = (await import('electron-updater')) as unknown as { readonly default: { readonly autoUpdater: ElectronUpdater } }
  const { autoUpdater } = loaded
  autoUpdater.autoDownload = false
  autoUpdater.autoInstallOnAppQuit = false
  autoUpdater.allowDowngrade = false
  autoUpdater.allowPrerelease = false
  // Its log has addresses and paths in it.
  autoUpdater.logger = null
  // Without a listener its `error` event would end the program; the promises below reject as well.
  autoUpdater.on('error', () => undefined)
  autoUpdater.setFeedURL({ provider: 'generic', url: url.href })
  return {
    check: async () => {
      const found = await autoUpdater.checkForUpdates()
      return found?.isUpdateAvailable === true ? found.updateInfo : null
    },
    download: () => autoUpdater.downloadUpdate().catch(wrongFile),
    install: (failed) => {
      // It never throws: what it cannot do it tells by this event only, on macOS some time later, and stays.
      autoUpdater.once('error', failed)
      autoUpdater.quitAndInstall(false, true)
    },
  }
}

function wrongFile(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_CHECKSUM_MISMATCH') throw new WrongFileError()
  throw error
}
