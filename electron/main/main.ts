/** The desk on the desktop: puts core, windows and policy together. The only folder that knows Electron. */
import { app, dialog } from 'electron'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCore } from '../core/core.ts'
import type { Core } from '../core/core.ts'
import type { Log } from '../core/ports.ts'
import { DataDirectoryBusyError } from '../core/store/lock.ts'
import { readDemoMarker } from './demo-marker.ts'
import { createDeskWindows } from './desk-windows.ts'
import { guardContents } from './guards.ts'
import { connectWindows } from './ipc.ts'
import { installMenu } from './menu.ts'
import { readDeskArguments } from './policy/command-line.ts'
import { registerAppScheme, serveRenderer } from './protocol.ts'
import { answerShellCall } from './shell-calls.ts'
import { openDeskWindow } from './window.ts'

const out = fileURLToPath(new URL('..', import.meta.url))
const preload = join(out, 'preload', 'preload.cjs')
const { dataDir: chosenDir, forbidden } = readDeskArguments(process.argv.slice(1))
const dataDir = chosenDir === null ? join(app.getPath('appData'), 'Sportello') : resolve(chosenDir)

/** Codes and counts only; never what was asked or answered. */
const log: Log = (level, event, fields = {}) => {
  if (level === 'error') process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`)
}

// Chromium's own files go beside the data they belong to, so that "one instance" means one per data directory.
app.setPath('userData', join(dataDir, 'browser'))
app.enableSandbox()
registerAppScheme()
guardContents()

if (app.isPackaged && forbidden) app.exit(1)
else if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

function start(): void {
  const core = openCore()
  if (core === null) return
  const windows = createDeskWindows((clientId) => {
    core.desk.end(clientId).catch(logFailure)
  })
  serveRenderer(join(out, 'renderer'))
  installMenu(!app.isPackaged)
  connectWindows(windows, core, answerShellCall)
  windows.add(openDeskWindow(preload))
  app.on('second-instance', () => {
    const [first] = windows.all()
    if (first?.window.isMinimized()) first.window.restore()
    first?.window.focus()
  })
  app.on('window-all-closed', () => app.quit())
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

function openCore(): Core | null {
  try {
    return createCore({ dataDir, log, demo: app.isPackaged ? null : readDemoMarker(dataDir) })
  } catch (error) {
    if (!(error instanceof DataDirectoryBusyError)) throw error
    dialog.showErrorBox('Sportello', 'Sportello è già aperto su questa cartella di dati.\nSportello is already running on this data directory.')
    app.exit(1)
    return null
  }
}
