import type Electron from 'electron'
import type { Listeners } from './strict.ts'

export type WindowEvents = {
  'ready-to-show': []
  show: []
  hide: []
  focus: []
  blur: []
  minimize: []
  restore: []
  maximize: []
  unmaximize: []
  'enter-full-screen': []
  'leave-full-screen': []
  move: []
  moved: []
  resize: []
  resized: []
  close: [Electron.Event]
  closed: []
  unresponsive: []
  responsive: []
  'page-title-updated': [Electron.Event, string, boolean]
  'session-end': []
  'query-session-end': []
}

export const windowEvents: Readonly<Record<keyof WindowEvents, 'said' | 'silent'>> = {
  'ready-to-show': 'said',
  show: 'said',
  hide: 'said',
  focus: 'said',
  blur: 'said',
  minimize: 'said',
  restore: 'said',
  maximize: 'said',
  unmaximize: 'said',
  'enter-full-screen': 'said',
  'leave-full-screen': 'said',
  move: 'said',
  moved: 'said',
  resize: 'said',
  resized: 'said',
  close: 'said',
  closed: 'said',
  unresponsive: 'said',
  responsive: 'said',
  'page-title-updated': 'said',
  'session-end': 'silent',
  'query-session-end': 'silent',
}

/** Compiles only while the arguments above are those of Electron. */
export function checkWindowEvents(real: Electron.BrowserWindow, hear: Listeners<WindowEvents>): void {
  for (const name of ['ready-to-show', 'show', 'hide', 'focus', 'blur', 'minimize', 'restore', 'maximize', 'unmaximize'] as const) real.on(name as 'show', hear[name])
  real.on('close', hear.close)
  real.on('closed', hear.closed)
  real.on('unresponsive', hear.unresponsive)
  real.on('page-title-updated', hear['page-title-updated'])
}
