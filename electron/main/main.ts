/** The desk on the desktop: puts core, windows and policy together. The only folder that knows Electron. */
import { app, dialog, powerMonitor } from 'electron'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SessionStatus } from '../../shared/contract/session.ts'
import { createCore } from '../core/core.ts'
import type { Core } from '../core/core.ts'
import { passwordOnly } from '../core/people/device-key.ts'
import type { DeviceKey } from '../core/people/device-key.ts'
import { DataDirectoryBusyError } from '../core/store/lock.ts'
import { followUpdates } from './connect-updates.ts'
import { bringPagesBack, endOnFailure } from './crash-handling.ts'
import { readDemoMarker } from './demo-marker.ts'
import { createDesktop } from './desktop.ts'
import { createDeskWindows } from './desk-windows.ts'
import { openDeviceKey } from './device-secret.ts'
import { systemUpdater } from './electron-updater-port.ts'
import { guardContents } from './guards.ts'
import { connectWindows } from './ipc.ts'
import { createLocalLog } from './local-log.ts'
import { listenForLinks } from './links.ts'
import { readDeskArguments } from './policy/command-line.ts'
import { lockWithPower } from './power-lock.ts'
import { registerAppScheme, serveRenderer } from './protocol.ts'
import { systemSecretStore } from './safe-storage-port.ts'

const out = fileURLToPath(new URL('..', import.meta.url))
const preload = join(out, 'preload', 'preload.cjs')
const { dataDir: chosenDir, forbidden } = readDeskArguments(process.argv.slice(1))
const dataDir = chosenDir === null ? join(app.getPath('appData'), 'Sportello') : resolve(chosenDir)

/** Codes and counts only; never what was asked or answered. */
const log = createLocalLog(dataDir)
let openedCore: Core | null = null
const fail = endOnFailure({ log, close: async () => openedCore?.close() })

// Chromium's own files go beside the data they belong to, so that "one instance" means one per data directory.
app.setPath('userData', join(dataDir, 'browser'))
app.enableSandbox()
registerAppScheme()
guardContents()
const links = listenForLinks(process.argv.slice(1), log)

if (app.isPackaged && forbidden) app.exit(1)
else if (app.requestSingleInstanceLock()) app.whenReady().then(start).catch(fail)
else app.quit()

async function start(): Promise<void> {
  const demo = app.isPackaged ? null : readDemoMarker(dataDir)
  // Invented data is for the browser host too, which has no key store.
  const deviceKey = demo === null ? await openDeviceKey({ dataDir, platform: process.platform, store: systemSecretStore, log }) : passwordOnly
  const core = openCore(demo, deviceKey)
  if (core === null) return
  openedCore = core
  const windows = createDeskWindows((clientId) => {
    core.desk.end(clientId).catch(logFailure)
  })
  const desktop = createDesktop({ core, windows, dataDir, preload, links, log })
  serveRenderer(join(out, 'renderer'))
  connectWindows(windows, core, desktop.answer)
  bringPagesBack(windows, log)
  lockWithPower({ power: powerMonitor, windows, core, log })
  followUpdates({ core, dataDir, log, updaterFor: systemUpdater })
  desktop.start()
  closeBeforeQuit(core)
}

/** The application ends only after the store is closed. */
function closeBeforeQuit(core: Core): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    core
      .close()
      .catch(logFailure)
      .finally(() => {
        closed = true
        app.quit()
      })
  })
}

/** Code and name only; never what was being done. */
function logFailure(error: unknown): void {
  log('error', 'close_failed', { name: error instanceof Error ? error.name : 'unknown' })
}

function openCore(demo: SessionStatus['demo'], deviceKey: DeviceKey): Core | null {
  try {
    return createCore({ dataDir, log, demo, deviceKey, appVersion: app.getVersion() })
  } catch (error) {
    if (!(error instanceof DataDirectoryBusyError)) throw error
    dialog.showErrorBox('Sportello', 'Sportello è già aperto su questa cartella di dati.\nSportello is already running on this data directory.')
    app.exit(1)
    return null
  }
}
