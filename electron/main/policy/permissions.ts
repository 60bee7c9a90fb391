import { isAppAddress } from './app-origin.ts'

/**
 * Every permission Electron 45 names, decided. The table is compared with Electron's own types by a test, so that a name of
 * a later version is decided by a person. Copying a code or a number out of the desk is all that is ever needed.
 */
export const permissionTable = {
  'ar': false,
  'automatic-fullscreen': false,
  'background-fetch': false,
  'background-sync': false,
  'captured-surface-control': false,
  'clipboard-read': false,
  'clipboard-sanitized-write': true,
  'deprecated-sync-clipboard-read': false,
  'display-capture': false,
  'fileSystem': false,
  'fullscreen': false,
  'geolocation': false,
  'geolocation-approximate': false,
  'hand-tracking': false,
  'hid': false,
  'idle-detection': false,
  'keyboardLock': false,
  'local-fonts': false,
  'local-network': false,
  'local-network-access': false,
  'loopback-network': false,
  'media': false,
  'mediaKeySystem': false,
  'midi': false,
  'midiSysex': false,
  'nfc': false,
  'notifications': false,
  'openExternal': false,
  'payment-handler': false,
  'periodic-background-sync': false,
  'persistent-storage': false,
  'pointerLock': false,
  'screen-wake-lock': false,
  'sensors': false,
  'serial': false,
  'smart-card': false,
  'speaker-selection': false,
  'storage-access': false,
  'system-wake-lock': false,
  'top-level-storage-access': false,
  'unknown': false,
  'usb': false,
  'vr': false,
  'web-app-installation': false,
  'web-printing': false,
  'window-management': false,
} as const satisfies Readonly<Record<string, boolean>>

/**
 * Whether a page gets a permission; one that is not in the table is refused.
 *
 * @param topAddress address of the window's top frame: the origin that Electron names for the request itself can be
 *   wrong inside frames (CVE-2026-34777)
 */
export function decidePermission(permission: string, topAddress: string | undefined): boolean {
  if (topAddress === undefined || !isAppAddress(topAddress)) return false
  return Object.entries(permissionTable).some(([name, allowed]) => allowed && name === permission)
}

/** Devices Electron may ask about after a permission was given; the desk has none. */
export const deviceTable = { hid: false, serial: false, usb: false } as const satisfies Readonly<Record<string, boolean>>

/** Whether a page may use a device. */
export function decideDevice(deviceType: string): boolean {
  return Object.entries(deviceTable).some(([name, allowed]) => allowed && name === deviceType)
}
