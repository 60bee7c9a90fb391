import type Electron from 'electron'
import { KnownEvents } from './strict.ts'
import type { Listeners } from './strict.ts'

type AppEvents = {
  'will-finish-launching': []
  ready: [Electron.Event, object]
  'session-created': [Electron.Session]
  'web-contents-created': [Electron.Event, Electron.WebContents]
  'browser-window-created': [Electron.Event, Electron.BrowserWindow]
  'browser-window-focus': [Electron.Event, Electron.BrowserWindow]
  'browser-window-blur': [Electron.Event, Electron.BrowserWindow]
  'second-instance': [Electron.Event, string[], string, unknown]
  'open-url': [Electron.Event, string]
  'open-file': [Electron.Event, string]
  activate: [Electron.Event, boolean]
  'render-process-gone': [Electron.Event, Electron.WebContents, Electron.RenderProcessGoneDetails]
  'child-process-gone': [Electron.Event, Electron.Details]
  'window-all-closed': []
  'before-quit': [Electron.Event]
  'will-quit': [Electron.Event]
  quit: [Electron.Event, number]
}

export const appEvents = new KnownEvents<AppEvents>('app', {
  'will-finish-launching': 'said',
  ready: 'said',
  'session-created': 'said',
  'web-contents-created': 'said',
  'browser-window-created': 'said',
  'browser-window-focus': 'said',
  'browser-window-blur': 'said',
  'second-instance': 'said',
  'open-url': 'said',
  'open-file': 'said',
  activate: 'silent',
  'render-process-gone': 'said',
  'child-process-gone': 'silent',
  'window-all-closed': 'said',
  'before-quit': 'said',
  'will-quit': 'said',
  quit: 'said',
})

/** Compiles only while the arguments above are those of Electron. */
export function checkAppEvents(real: Electron.App, hear: Listeners<AppEvents>): void {
  real.on('ready', hear.ready)
  real.on('session-created', hear['session-created'])
  real.on('web-contents-created', hear['web-contents-created'])
  real.on('browser-window-created', hear['browser-window-created'])
  real.on('browser-window-focus', hear['browser-window-focus'])
  real.on('browser-window-blur', hear['browser-window-blur'])
  real.on('second-instance', hear['second-instance'])
  real.on('open-url', hear['open-url'])
  real.on('open-file', hear['open-file'])
  real.on('activate', hear.activate)
  real.on('render-process-gone', hear['render-process-gone'])
  real.on('child-process-gone', hear['child-process-gone'])
  real.on('window-all-closed', hear['window-all-closed'])
  real.on('before-quit', hear['before-quit'])
  real.on('will-quit', hear['will-quit'])
  real.on('quit', hear.quit)
}
