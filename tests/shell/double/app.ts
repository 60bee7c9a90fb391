import type Electron from 'electron'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { windowHooks } from './browser-window.ts'
import { lastWindowClosed, leaving, quit } from './quitting.ts'
import { onCommand, tell } from './link.ts'
import { answerState } from './state.ts'
import { appEvents } from './app-events.ts'
import { session } from './session.ts'
import { machine } from './settings.ts'
import { holdInstanceLock, instanceLock } from './single-instance.ts'
import { preventable, strict } from './strict.ts'

type Used = Pick<
  Electron.App,
  'isPackaged' | 'getPath' | 'setPath' | 'getAppPath' | 'getName' | 'setName' | 'getVersion' | 'getLocale' | 'getSystemLocale' | 'getPreferredSystemLanguages' | 'enableSandbox' | 'whenReady' | 'isReady' | 'quit' | 'exit' | 'relaunch'
> &
  Pick<Electron.App, 'requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'setAsDefaultProtocolClient' | 'isDefaultProtocolClient' | 'removeAsDefaultProtocolClient'> &
  Pick<Electron.App, 'setLoginItemSettings' | 'getLoginItemSettings' | 'setBadgeCount' | 'getBadgeCount' | 'setAppUserModelId' | 'focus' | 'show' | 'hide' | 'disableHardwareAcceleration' | 'setDesktopName'>

const events = appEvents
const paths = new Map<string, string>()
/** What the system has been told about the application. */
export const told = { badge: 0, openAtLogin: false, loginArgs: [] as readonly string[], protocols: new Set<string>() }
let name = 'sportello'
let ready = false
const whenReady = Promise.withResolvers<undefined>()

const used: Used = {
  isPackaged: machine.packaged !== null,
  getPath: (which) => paths.get(which) ?? join(machine.home, which),
  setPath: (which, path) => void paths.set(which, path),
  getAppPath: () => machine.packaged?.app ?? process.cwd(),
  getName: () => name,
  setName: (next) => void (name = next),
  getVersion: () => (JSON.parse(readFileSync(join(used.getAppPath(), 'package.json'), 'utf8')) as { readonly version: string }).version,
  getLocale: () => machine.locale,
  getSystemLocale: () => machine.locale,
  getPreferredSystemLanguages: () => [machine.locale],
  enableSandbox: () => early('enableSandbox'),
  disableHardwareAcceleration: () => early('disableHardwareAcceleration'),
  whenReady: () => whenReady.promise,
  isReady: () => ready,
  quit: () => quit(),
  exit: (code) => void leaving(code ?? 0),
  relaunch: ({ args = process.argv.slice(1), execPath = process.execPath } = {}) => tell({ note: 'relaunch', args, execPath }),
  requestSingleInstanceLock: (extra) => holdInstanceLock(used.getPath('userData'), extra ?? null, (argv, folder, data) => events.say('second-instance', preventable({}), argv, folder, data)),
  hasSingleInstanceLock: () => instanceLock.held,
  releaseSingleInstanceLock: () => instanceLock.release(),
  setAsDefaultProtocolClient: (scheme) => {
    told.protocols.add(scheme)
    return true
  },
  isDefaultProtocolClient: (scheme) => told.protocols.has(scheme),
  removeAsDefaultProtocolClient: (scheme) => told.protocols.delete(scheme),
  setLoginItemSettings: ({ openAtLogin = false, args = [] }) => void Object.assign(told, { openAtLogin, loginArgs: args }),
  getLoginItemSettings: () => ({ openAtLogin: told.openAtLogin, openAsHidden: false, wasOpenedAtLogin: false, wasOpenedAsHidden: false, restoreState: false, status: 'enabled', executableWillLaunchAtLogin: told.openAtLogin, launchItems: [] }),
  setBadgeCount: (count) => {
    told.badge = count ?? 0
    return true
  },
  getBadgeCount: () => told.badge,
  setAppUserModelId: () => undefined,
  setDesktopName: () => undefined,
  focus: () => undefined,
  show: () => undefined,
  hide: () => undefined,
}

/** `dock` is macOS only, and `undefined` elsewhere in Electron too. */
export const app = strict('app', Object.assign(events, used, { dock: undefined, name, commandLine: strict('CommandLine', { appendSwitch: () => undefined, hasSwitch: () => false, getSwitchValue: () => '' }) }))

if (machine.packaged !== null) Object.defineProperty(process, 'resourcesPath', { value: machine.packaged.resources })

function early(what: string): void {
  if (ready) throw new Error(`app.${what}() must be called before the app is ready`)
}

windowHooks.lastClosed = lastWindowClosed
windowHooks.changed = (window, what) => {
  if (what === 'created') {
    events.say('web-contents-created', preventable({}), window.webContents)
    events.say('browser-window-created', preventable({}), window)
    window.webContents.on('render-process-gone', (_, details) => events.say('render-process-gone', preventable({}), window.webContents, details))
  } else events.say(what === 'focus' ? 'browser-window-focus' : 'browser-window-blur', preventable({}), window)
}
onCommand('open-url', ({ url }) => {
  events.say('open-url', preventable({}), url)
  return null
})
onCommand('open-file', ({ path }) => {
  events.say('open-file', preventable({}), path)
  return null
})
onCommand('quit', () => {
  quit()
  return null
})
onCommand('state', answerState)

// After the bundle's own first lines, which must still find the application not ready.
setImmediate(() => {
  events.say('will-finish-launching')
  if (machine.openedFile !== null) events.say('open-file', preventable({}), machine.openedFile)
  events.say('session-created', session.defaultSession)
  ready = true
  events.say('ready', preventable({}), {})
  whenReady.resolve(undefined)
})
