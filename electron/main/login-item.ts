import { app } from 'electron'
import type { Computer } from '../../shared/contract/shell.ts'
import { loginState, offersLogin } from './policy/login-item.ts'

/** How the system stands to starting the desk at login, asked afresh each time; `null` where it is not offered. */
export function atLogin(): Computer['atLogin'] {
  if (!offersLogin(process.platform, app.isPackaged)) return null
  return loginState(process.platform, app.getLoginItemSettings())
}

/** Asks the system to start the desk at login, or not to; `atLogin` tells what it made of it. */
export function setAtLogin(on: boolean): void {
  if (offersLogin(process.platform, app.isPackaged)) app.setLoginItemSettings({ openAtLogin: on })
}
