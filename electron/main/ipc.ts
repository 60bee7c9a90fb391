import { ipcMain } from 'electron'
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import type { Core } from '../core/core.ts'
import { refuse } from '../../shared/domain/result.ts'
import { channels } from './channels.ts'
import { isTrustedSender } from './policy/sender.ts'
import type { DeskWindows } from './desk-windows.ts'

/** Answers one request of a window; both are JSON strings. */
type Answer = (window: BrowserWindow, clientId: string, request: string) => Promise<string>

const forbidden = JSON.stringify(refuse('forbidden'))

/** Connects the windows to the core's one door, and to the native things of the shell. */
export function connectWindows(windows: DeskWindows, core: Core, shellCall: (window: BrowserWindow, request: string) => Promise<string>): void {
  handle(channels.call, windows, (_, clientId, request) => core.dispatch({ clientId }, request))
  handle(channels.shell, windows, (window, _, request) => shellCall(window, request))
  core.subscribe((event) => {
    for (const { window, clientId } of windows.all()) {
      const hears = event.kind === 'signed_out' ? event.clientId === clientId : core.desk.session(clientId) !== null
      if (hears && !window.isDestroyed()) window.webContents.send(channels.event, JSON.stringify(event))
    }
  })
}

/** The only place where a channel is opened: a sender that is not the desk's own page gets a refusal, whatever it asks. */
function handle(channel: string, windows: DeskWindows, answer: Answer): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, request: unknown) => {
    const found = windows.of(event.sender)
    const frame = event.senderFrame
    const trusted = isTrustedSender({ address: frame?.url ?? null, isTop: frame !== null && frame.parent === null, isOurs: found !== null })
    if (!trusted || found === null || typeof request !== 'string') return forbidden
    return answer(found.window, found.clientId, request)
  })
}
