import type Electron from 'electron'
import { tell } from './link.ts'
import { displays } from './screen.ts'
import { asClass, KnownEvents, preventable, strict } from './strict.ts'
import { createContents } from './web-contents.ts'
import { demandSafe } from './web-preferences.ts'
import { windowEvents } from './window-events.ts'
import type { WindowEvents } from './window-events.ts'
import type { Bounds } from './wire.ts'

type Used = Pick<
  Electron.BrowserWindow,
  'id' | 'webContents' | 'loadURL' | 'reload' | 'show' | 'showInactive' | 'hide' | 'focus' | 'blur' | 'close' | 'destroy' | 'isDestroyed' | 'isVisible' | 'isFocused' | 'isMinimized' | 'minimize' | 'restore'
> &
  Pick<Electron.BrowserWindow, 'isMaximized' | 'maximize' | 'unmaximize' | 'isFullScreen' | 'setFullScreen' | 'getBounds' | 'getNormalBounds' | 'setBounds' | 'getSize' | 'getPosition' | 'setTitle' | 'getTitle'> &
  Pick<Electron.BrowserWindow, 'setBackgroundColor' | 'setMenuBarVisibility' | 'setContentProtection' | 'flashFrame' | 'moveTop' | 'center' | 'setOverlayIcon' | 'setProgressBar' | 'setAlwaysOnTop' | 'setSkipTaskbar'>
type Plain = Exclude<keyof WindowEvents, 'close' | 'page-title-updated'>

const open = new Map<number, Electron.BrowserWindow>()
/** For the application, which this file does not know. */
export const windowHooks: { lastClosed: () => void; changed: (window: Electron.BrowserWindow, what: 'created' | 'focus' | 'blur') => void } = { lastClosed: () => undefined, changed: () => undefined }

/** A window that exists as numbers and flags; what it shows is a page of the test's browser, of the size that the test gives it. */
function createWindow(options: Electron.BrowserWindowConstructorOptions = {}): Electron.BrowserWindow {
  demandSafe(options.webPreferences)
  const events = new KnownEvents<WindowEvents>('BrowserWindow', windowEvents)
  const contents = createContents(options.webPreferences?.preload)
  const { id } = contents.asContents
  const is = { destroyed: false, visible: false, focused: false, minimized: false, maximized: false, fullScreen: false }
  let title = options.title ?? 'Electron'
  let bounds = firstBounds(options)

  const happens = (what: Plain): void => {
    tell({ note: 'window', window: id, what })
    events.say(what)
  }
  const used: Used = {
    id,
    webContents: contents.asContents,
    loadURL: (address) => contents.asContents.loadURL(address),
    reload: () => contents.asContents.reload(),
    show: () => {
      used.showInactive()
      used.focus()
    },
    showInactive: () => {
      if (is.visible) return
      is.visible = true
      happens('show')
    },
    hide: () => {
      if (!is.visible) return
      is.visible = false
      used.blur()
      happens('hide')
    },
    focus: () => {
      if (is.focused || !is.visible || is.minimized) return
      for (const other of open.values()) if (other.id !== id) other.blur()
      is.focused = true
      happens('focus')
      windowHooks.changed(window, 'focus')
    },
    blur: () => {
      if (!is.focused) return
      is.focused = false
      happens('blur')
      windowHooks.changed(window, 'blur')
    },
    minimize: () => {
      is.minimized = true
      used.blur()
      happens('minimize')
    },
    restore: () => {
      if (!is.minimized) return
      is.minimized = false
      happens('restore')
      used.focus()
    },
    maximize: () => {
      is.maximized = true
      used.showInactive()
      happens('maximize')
    },
    unmaximize: () => {
      is.maximized = false
      happens('unmaximize')
    },
    setFullScreen: (on) => {
      is.fullScreen = on
      happens(on ? 'enter-full-screen' : 'leave-full-screen')
    },
    setBounds: (wanted) => {
      const before = bounds
      bounds = { ...before, ...wanted }
      if (before.x !== bounds.x || before.y !== bounds.y) for (const name of ['move', 'moved'] as const) happens(name)
      if (before.width !== bounds.width || before.height !== bounds.height) for (const name of ['resize', 'resized'] as const) happens(name)
    },
    close: () => {
      if (is.destroyed) return
      const question = preventable({})
      events.say('close', question)
      if (!question.defaultPrevented) used.destroy()
    },
    destroy: () => {
      if (is.destroyed) return
      used.blur()
      is.destroyed = true
      open.delete(id)
      contents.destroy()
      happens('closed')
      if (open.size === 0) windowHooks.lastClosed()
    },
    getBounds: () => (is.maximized ? displays()[0]!.workArea : bounds),
    getNormalBounds: () => bounds,
    getSize: () => [used.getBounds().width, used.getBounds().height],
    getPosition: () => [used.getBounds().x, used.getBounds().y],
    setTitle: (text) => void (title = text),
    getTitle: () => title,
    isDestroyed: () => is.destroyed,
    isVisible: () => is.visible,
    isFocused: () => is.focused,
    isMinimized: () => is.minimized,
    isMaximized: () => is.maximized,
    isFullScreen: () => is.fullScreen,
    ...looks,
  }
  const window = strict('BrowserWindow', Object.assign(events, used)) as unknown as Electron.BrowserWindow
  open.set(id, window)
  void contents.painted.then(() => is.destroyed || happens('ready-to-show'))
  contents.events.on('unresponsive', () => happens('unresponsive'))
  contents.events.on('responsive', () => happens('responsive'))
  contents.events.on('page-title-updated', (_: Electron.Event, text: string, explicit: boolean) => {
    const question = preventable({})
    events.say('page-title-updated', question, text, explicit)
    if (!question.defaultPrevented) title = text
  })
  windowHooks.changed(window, 'created')
  if (options.show !== false) used.show()
  return window
}

/** Looks only: nothing here that a test could see. */
const looks = {
  setBackgroundColor: () => undefined,
  setMenuBarVisibility: () => undefined,
  setContentProtection: () => undefined,
  flashFrame: () => undefined,
  moveTop: () => undefined,
  center: () => undefined,
  setOverlayIcon: () => undefined,
  setProgressBar: () => undefined,
  setAlwaysOnTop: () => undefined,
  setSkipTaskbar: () => undefined,
}

/** In the middle of the first screen where no place is given. */
function firstBounds({ x, y, width = 800, height = 600 }: Electron.BrowserWindowConstructorOptions): Bounds {
  const area = displays()[0]!.workArea
  return { x: x ?? Math.round(area.x + (area.width - width) / 2), y: y ?? Math.round(area.y + (area.height - height) / 2), width, height }
}

export const BrowserWindow = asClass('BrowserWindow', createWindow, {
  getAllWindows: () => [...open.values()],
  getFocusedWindow: () => [...open.values()].find((window) => window.isFocused()) ?? null,
  fromId: (id) => open.get(id) ?? null,
  fromWebContents: (contents) => open.get(contents.id) ?? null,
} satisfies Pick<typeof Electron.BrowserWindow, 'getAllWindows' | 'getFocusedWindow' | 'fromId' | 'fromWebContents'>)
