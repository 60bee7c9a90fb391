import type Electron from 'electron'
import { strict, KnownEvents } from './strict.ts'

type SessionEvents = { 'will-download': [Electron.Event] }
type Used = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setBluetoothPairingHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setUSBProtectedClassesHandler'
  | 'setSpellCheckerEnabled'
  | 'isSpellCheckerEnabled'
  | 'clearCache'
  | 'clearStorageData'
  | 'clearCodeCaches'
>

/** What the application has put in the place of Electron's answers. A certificate check of its own is nothing it may have: the member is missing. */
export const permissionHandlers: {
  request: Parameters<Electron.Session['setPermissionRequestHandler']>[0]
  check: Parameters<Electron.Session['setPermissionCheckHandler']>[0]
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0]
} = { request: null, check: null, device: null }

let spelling = true
const used: Used = {
  setPermissionRequestHandler: (handler) => void (permissionHandlers.request = handler),
  setPermissionCheckHandler: (handler) => void (permissionHandlers.check = handler),
  setDevicePermissionHandler: (handler) => void (permissionHandlers.device = handler),
  setBluetoothPairingHandler: () => undefined,
  setDisplayMediaRequestHandler: () => undefined,
  setUSBProtectedClassesHandler: () => undefined,
  setSpellCheckerEnabled: (enabled) => void (spelling = enabled),
  isSpellCheckerEnabled: () => spelling,
  clearCache: () => Promise.resolve(),
  clearStorageData: () => Promise.resolve(),
  clearCodeCaches: () => Promise.resolve(),
}

const defaultSession = strict('Session', Object.assign(new KnownEvents<SessionEvents>('Session', { 'will-download': 'silent' }), used)) as unknown as Electron.Session

/** One session, as the desk has: partitions are nothing it may use. */
export const session = strict('session', { defaultSession } satisfies Pick<typeof Electron.session, 'defaultSession'>)
