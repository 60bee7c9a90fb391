import { ipcMain } from 'electron'
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import type { Core } from '../core/core.ts'
import type { HostEvent } from '../../shared/contract/events.ts'
import { refuse } from '../../shared/domain/result.ts'
import { channels } from './channels.ts'
import { isTrustedSender } from './policy/sender.ts'
import type { DeskWindow, DeskWindows } from './desk-windows.ts'

/** Answers one request of a window; both are JSON strings. */
type Answer = (window: BrowserWindow, clientId: string, request: string) => Promise<string>

const forbidden = JSON.stringify(refuse('forbidden'))
const failed = JSON.stringify(refuse('internal'))

/** Connects the windows to the core's one door, and to the native things of the shell. */
export function connectWindows(windows: DeskWindows, core: Core, shellCall: (window: BrowserWindow, request: string) => Promise<string>): void {
  handle(channels.call, windows, (_, clientId, request) => core.dispatch({ clientId }, request))
  handle(channels.shell, windows, (window, _, request) => shellCall(window, request))
  core.subscribe((event) => {
    for (const { window, clientId } of windows.all()) {
      const hears = event.kind === 'signed_out' ? event.clientId === clientId : core.desk.session(clientId) !== null
      if (hears) tellWindow(window, event)
    }
  })
}

/** Says something to a page, unless its window has gone. */
export function tellWindow(window: BrowserWindow, event: HostEvent): void {
  if (!window.isDestroyed()) window.webContents.send(channels.event, JSON.stringify(event))
}

/** The only place where a channel is opened: a sender that is not the desk's own page gets a refusal, whatever it asks. */
function handle(channel: string, windows: DeskWindows, answer: Answer): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, request: unknown) => {
    const found = trustedWindow(event, windows)
    if (found === null || typeof request !== 'string') return forbidden
    try {
      return await answer(found.window, found.clientId, request)
    } catch {
      // A rejection would carry its message to the page, and with it paths or values.
      return failed
    }
  })
}

/** The window that sent this, or `null` for any other sender. */
function trustedWindow(event: IpcMainInvokeEvent, windows: DeskWindows): DeskWindow | null {
  try {
    const found = windows.of(event.sender)
    const frame = event.senderFrame
    return isTrustedSender({ address: frame?.url ?? null, isTop: frame !== null && frame.parent === null, isOurs: found !== null }) ? found : null
  } catch {
    // Frames and contents that are gone throw when they are looked at.
    return null
  }
}
