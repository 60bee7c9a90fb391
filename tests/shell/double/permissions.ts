/** What the application's permission handlers answer, asked for each permission that Chromium can be told about. */
import type Electron from 'electron'
import { onCommand } from './link.ts'
import { permissionHandlers } from './session.ts'
import { webContents } from './web-contents.ts'

type Permission = Parameters<NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>>[1]

/** Chromium's own names of what the handlers decide. */
const known: readonly (readonly [name: string, permission: Permission])[] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['idle-detection', 'idle-detection'],
  ['local-fonts', 'local-fonts'],
  ['screen-wake-lock', 'screen-wake-lock'],
]

/** Both handlers must agree, and without handlers Electron grants everything. */
export function samplePermissions(contents: Electron.WebContents): readonly { readonly name: string; readonly granted: boolean }[] {
  return known.map(([name, permission]) => ({ name, granted: requested(contents, permission) && checked(contents, permission) }))
}

function requested(contents: Electron.WebContents, permission: Permission): boolean {
  const { request } = permissionHandlers
  if (request === null) return true
  let granted = false
  request(contents, permission, (answer) => (granted = answer), { isMainFrame: true, requestingUrl: contents.getURL() })
  return granted
}

function checked(contents: Electron.WebContents, permission: Permission): boolean {
  const { check } = permissionHandlers
  return check === null || check(contents, permission, contents.getURL(), { isMainFrame: true, requestingUrl: contents.getURL() })
}

onCommand('ask-permission', ({ window, permission }) => {
  const contents = webContents.fromId(window)
  if (!contents) throw new Error(`No window ${window}`)
  return { requested: requested(contents, permission as Permission), checked: checked(contents, permission as Permission) }
})
