import type Electron from 'electron'
import { createFrame } from './frame.ts'
import { preventable } from './strict.ts'
import type { Listeners } from './strict.ts'

type Navigation = Electron.Event<Electron.WebContentsWillNavigateEventParams>

/** What a window's contents say here, and what they may be asked about in vain: `silent` ones never come. */
export type ContentsEvents = {
  'will-navigate': [Navigation, string]
  'will-frame-navigate': [Navigation]
  'will-redirect': [Navigation, string]
  'did-navigate': [Electron.Event, string]
  'did-start-loading': []
  'did-stop-loading': []
  'dom-ready': []
  'did-finish-load': []
  'did-fail-load': [Electron.Event, number, string, string, boolean]
  'render-process-gone': [Electron.Event, Electron.RenderProcessGoneDetails]
  unresponsive: []
  responsive: []
  destroyed: []
  'page-title-updated': [Electron.Event, string, boolean]
  'will-attach-webview': [Electron.Event]
  'did-create-window': []
  'before-input-event': [Electron.Event]
  'context-menu': [Electron.Event]
  'preload-error': [Electron.Event]
  'will-prevent-unload': [Electron.Event]
  'devtools-opened': []
}

export const contentsEvents: Readonly<Record<keyof ContentsEvents, 'said' | 'silent'>> = {
  'will-navigate': 'said',
  'will-frame-navigate': 'said',
  'will-redirect': 'said',
  'did-navigate': 'said',
  'did-start-loading': 'said',
  'did-stop-loading': 'said',
  'dom-ready': 'said',
  'did-finish-load': 'said',
  'did-fail-load': 'silent',
  'render-process-gone': 'said',
  unresponsive: 'said',
  responsive: 'said',
  destroyed: 'said',
  'page-title-updated': 'said',
  'will-attach-webview': 'silent',
  'did-create-window': 'silent',
  'before-input-event': 'silent',
  'context-menu': 'silent',
  'preload-error': 'silent',
  'will-prevent-unload': 'silent',
  'devtools-opened': 'silent',
}

/** Compiles only while the arguments above are those of Electron. */
export function checkContentsEvents(real: Electron.WebContents, hear: Listeners<ContentsEvents>): void {
  real.on('will-navigate', hear['will-navigate'])
  real.on('will-frame-navigate', hear['will-frame-navigate'])
  real.on('will-redirect', hear['will-redirect'])
  real.on('did-navigate', hear['did-navigate'])
  real.on('did-finish-load', hear['did-finish-load'])
  real.on('dom-ready', hear['dom-ready'])
  real.on('did-fail-load', hear['did-fail-load'])
  real.on('render-process-gone', hear['render-process-gone'])
  real.on('unresponsive', hear.unresponsive)
  real.on('responsive', hear.responsive)
  real.on('destroyed', hear.destroyed)
  real.on('page-title-updated', hear['page-title-updated'])
}

/** The event that a listener may prevent before a document is left. */
export function navigationEvent(url: string, isMainFrame: boolean, mainFrame: Electron.WebFrameMain): Navigation {
  return preventable({ url, isSameDocument: false, isMainFrame, frame: isMainFrame ? mainFrame : createFrame(url, mainFrame).asFrame, initiator: mainFrame })
}
