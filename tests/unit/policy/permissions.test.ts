import { describe, expect, it } from 'vitest'
import { decidePermission } from '../../../electron/main/policy/permissions.ts'

const page = 'app://desk/'
const refused = [
  'accessibility-events', 'ambient-light-sensor', 'background-fetch', 'background-sync', 'camera', 'clipboard-read', 'deprecated-sync-clipboard-read', 'display-capture', 'fileSystem', 'fullscreen',
  'geolocation', 'hid', 'idle-detection', 'keyboardLock', 'local-fonts', 'media', 'mediaKeySystem', 'microphone', 'midi', 'midiSysex', 'notifications', 'openExternal', 'payment-handler', 'periodic-background-sync',
  'pointerLock', 'screen-wake-lock', 'sensors', 'serial', 'speaker-selection', 'storage-access', 'top-level-storage-access', 'unknown', 'usb', 'web-app-installation', 'window-management', '', 'constructor', 'a-permission-of-tomorrow',
]

describe('permissions', () => {
  it('lets the desk copy text out', () => expect(decidePermission('clipboard-sanitized-write', page)).toBe(true))
  it.each(refused)('refuses %j', (permission) => expect(decidePermission(permission, page)).toBe(false))
  it.each([undefined, '', 'https://evil.example/', 'app://evil/', 'about:blank'])('refuses everything to a page at %j', (address) => expect(decidePermission('clipboard-sanitized-write', address)).toBe(false))
})
