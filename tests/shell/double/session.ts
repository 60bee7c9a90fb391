import type Electron from 'electron'
import { appEvents } from './app-events.ts'
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

function make(members: Used): Electron.Session {
  return strict('Session', Object.assign(new KnownEvents<SessionEvents>('Session', { 'will-download': 'silent' }), members)) as unknown as Electron.Session
}

/** A session without pages: what may be asked for there is told to nobody. */
const nobodyAsks = { setPermissionRequestHandler: () => undefined, setPermissionCheckHandler: () => undefined, setDevicePermissionHandler: () => undefined } satisfies Partial<Used>
const updaterPartition = 'electron-updater'
let ofUpdater: Electron.Session | null = null

/** One session for the pages, and the one that electron-updater makes for itself; the desk may use no other. */
export const session = strict('session', {
  defaultSession: make(used),
  fromPartition: (partition) => {
    if (partition !== updaterPartition) throw new Error(`The double has no session '${partition}'`)
    if (ofUpdater === null) {
      ofUpdater = make({ ...used, ...nobodyAsks })
      appEvents.say('session-created', ofUpdater)
    }
    return ofUpdater
  },
} satisfies Pick<typeof Electron.session, 'defaultSession' | 'fromPartition'>)
