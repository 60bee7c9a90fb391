import { told } from './app.ts'
import { copied } from './clipboard.ts'
import { registered } from './global-shortcut.ts'
import { applicationEntries } from './menu.ts'
import { shownNotifications } from './notification.ts'
import { permissionHandlers } from './session.ts'
import { trayStates } from './tray.ts'
import { windowStates } from './window-commands.ts'
import type { ShellState } from './wire.ts'

export function answerState(): ShellState {
  return {
    windows: windowStates(),
    menu: applicationEntries(),
    trays: trayStates(),
    badge: told.badge,
    shortcuts: registered(),
    login: { openAtLogin: told.openAtLogin, args: told.loginArgs },
    protocolClients: [...told.protocols],
    notifications: shownNotifications(),
    permissionHandlers: { request: permissionHandlers.request !== null, check: permissionHandlers.check !== null, device: permissionHandlers.device !== null },
    clipboard: copied(),
  }
}
