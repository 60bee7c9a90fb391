import type { Computer } from '../../../shared/contract/shell.ts'

/** What is read back of the system's own answer; `LoginItemSettings` of Electron. */
export type LoginAnswer = { readonly openAtLogin: boolean; readonly status?: string; readonly executableWillLaunchAtLogin?: boolean }

/**
 * Where the desk may be started at login: from an installed application on macOS and Windows. Electron offers nothing on Linux, and
 * during development the program that would start is Electron itself, without the desk.
 */
export function offersLogin(platform: NodeJS.Platform, packaged: boolean): boolean {
  return packaged && (platform === 'darwin' || platform === 'win32')
}

/** How things stand in the system's own words, which may differ from what was wished. */
export function loginState(platform: NodeJS.Platform, answer: LoginAnswer): NonNullable<Computer['atLogin']> {
  if (platform === 'darwin' && answer.status === 'requires-approval') return 'needs_approval'
  if (platform === 'win32' && answer.openAtLogin && answer.executableWillLaunchAtLogin === false) return 'disabled_by_system'
  return answer.openAtLogin ? 'on' : 'off'
}
