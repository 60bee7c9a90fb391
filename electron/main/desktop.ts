/** Everything of the desktop that a person sees around the page, put together. */
import { app, BrowserWindow, clipboard, globalShortcut, Notification } from 'electron'
import type { Computer, ComputerChange } from '../../shared/contract/shell.ts'
import type { Core } from '../core/core.ts'
import type { Log } from '../core/ports.ts'
import { createAsks } from './asks.ts'
import { showBadge } from './badge.ts'
import type { DeskWindow, DeskWindows } from './desk-windows.ts'
import { createHotkey } from './hotkey.ts'
import { tellWindow } from './ipc.ts'
import { claimLinks } from './links.ts'
import type { Links } from './links.ts'
import { atLogin, setAtLogin } from './login-item.ts'
import { installMenu } from './menu.ts'
import { createNotifications } from './notifications.ts'
import { applicationId } from './policy/application-id.ts'
import type { MenuDeed } from './policy/menu-template.ts'
import { staysRunning } from './policy/running.ts'
import { createShellCalls } from './shell-calls.ts'
import { openShellSettings } from './shell-settings.ts'
import { followSync } from './sync-state.ts'
import { createTray } from './tray.ts'
import { openDeskWindow } from './window.ts'
import { languageOf, shellWords } from './words.ts'

export type DesktopParts = {
  readonly core: Core
  readonly windows: DeskWindows
  readonly dataDir: string
  readonly preload: string
  readonly links: Links
  readonly log: Log
}

export type Desktop = {
  /** Opens a window of its own client. */
  readonly open: () => DeskWindow
  /** Answers what a page asks of the computer; see `Shell`. */
  readonly answer: (window: BrowserWindow, requestJson: string) => Promise<string>
  /** Opens the first window and begins to hear hotkey, links, second instances and the dock. */
  readonly start: () => void
}

/** Puts the desktop together; nothing is on the screen before `start`. */
export function createDesktop({ core, windows, dataDir, preload, links, log }: DesktopParts): Desktop {
  const settings = openShellSettings(dataDir, log)
  const language = () => settings.get().language ?? languageOf(app.getPreferredSystemLanguages())
  const words = () => shellWords[language()]
  let lastInUse: BrowserWindow | null = null
  const front = (): DeskWindow | null => windows.all().find(({ window }) => window === lastInUse) ?? windows.all().at(-1) ?? null

  const asks = createAsks({ windows, front, open, bringForward, tell: tellWindow })
  const sync = followSync({
    core,
    client: () => windows.all().find(isListening)?.clientId ?? null,
    changed: refresh,
    failed: (error) => log('error', 'outbox_not_read', { name: error instanceof Error ? error.name : 'unknown' }),
  })
  const hotkey = createHotkey({
    shortcut: globalShortcut,
    readClipboard: () => clipboard.readText(),
    pressed: (text) => asks.ask({ do: 'lookup', text }),
  })
  const notifications = createNotifications({
    supported: () => Notification.isSupported(),
    focused: () => BrowserWindow.getFocusedWindow() !== null,
    make: (text, heard) => {
      const native = new Notification(text)
      native.on('click', heard.click)
      native.on('close', heard.close)
      native.on('failed', heard.failed)
      return native
    },
    words,
    pressed: (clientId, target) => asks.ask({ do: 'open', target }, clientId),
    unread: refresh,
  })
  const showTray = createTray({ open: () => bringForward((front() ?? open()).window), lookup: () => asks.ask({ do: 'lookup', text: '' }) })
  let menuShown = ''

  function open(): DeskWindow {
    const desk = windows.add(openDeskWindow(preload, settings))
    const { window, clientId } = desk
    window.on('focus', () => {
      lastInUse = window
      notifications.seen()
      refresh()
    })
    // A page that is loaded anew says for itself when it can listen again.
    window.webContents.on('did-start-loading', () => listen(clientId, false))
    window.on('closed', () => {
      notifications.forget(clientId)
      listen(clientId, false)
    })
    return desk
  }

  function listen(clientId: string, on: boolean): void {
    asks.listen(clientId, on)
    if (on) sync.ask()
    refresh()
  }

  /** Menu, tray and badge as things stand now. */
  function refresh(): void {
    const signedIn = isListening(front())
    const menuNow = `${language()} ${signedIn}`
    if (menuNow !== menuShown) installMenu({ words: words(), platform: process.platform, signedIn, development: !app.isPackaged }, perform)
    menuShown = menuNow
    const unread = notifications.unread()
    showTray(words(), { signedIn: windows.all().some(isListening), outbox: sync.outbox(), unread })
    showBadge(unread, windows.all().map(({ window }) => window), words())
  }

  function isListening(desk: DeskWindow | null): boolean {
    return desk !== null && asks.isListening(desk.clientId)
  }

  function perform(deed: MenuDeed): void {
    if (deed === 'newWindow') open()
    else asks.ask(deed === 'desk.lookup' ? { do: 'lookup', text: '' } : { do: 'action', id: deed })
  }

  function computer(): Computer {
    return { hotkey: hotkey.state(), atLogin: atLogin(), keepRunning: staysRunning(settings.get().keepRunning, process.platform) }
  }

  function setComputer(change: ComputerChange): Computer {
    if (change.hotkey !== undefined) settings.change({ hotkey: hotkey.set(change.hotkey).wanted })
    if (change.atLogin !== undefined) setAtLogin(change.atLogin)
    if (change.keepRunning !== undefined) settings.change({ keepRunning: change.keepRunning })
    settings.flush()
    return computer()
  }

  return {
    open,
    answer: createShellCalls({
      deskOf: (window) => windows.of(window.webContents),
      isSignedIn: (clientId) => core.desk.session(clientId) !== null,
      notify: notifications.notify,
      listen,
      speak: (chosen) => {
        settings.change({ language: chosen })
        refresh()
      },
      computer,
      setComputer,
    }),
    start: () => {
      if (process.platform === 'win32') app.setAppUserModelId(applicationId)
      core.subscribe((event) => {
        if (event.kind !== 'signed_out') return
        notifications.forget(event.clientId)
        listen(event.clientId, false)
      })
      open()
      refresh()
      if (hotkey.set(settings.get().hotkey).state === 'taken') log('info', 'hotkey_taken')
      if (!claimLinks()) log('error', 'links_not_claimed')
      links.deliver((ask) => {
        if (ask === null) bringForward((front() ?? open()).window)
        else asks.ask(ask)
      })
      app.on('activate', () => {
        if (windows.all().length === 0) open()
      })
      app.on('window-all-closed', () => {
        if (!staysRunning(settings.get().keepRunning, process.platform)) app.quit()
      })
      app.on('will-quit', () => {
        hotkey.set(null)
        settings.flush()
      })
    },
  }
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  // A window of a program that is not in front stays behind on macOS unless the program comes forward itself.
  if (process.platform === 'darwin') app.focus({ steal: true })
}
