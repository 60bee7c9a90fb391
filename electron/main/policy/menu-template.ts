import type { ShellAction } from '../../../shared/contract/shell.ts'
import type { ShellWords } from '../words.ts'

/** What the application itself does for an entry; everything else is an action of the page. */
export type MenuDeed = ShellAction | 'newWindow'

export type MenuRole =
  | 'about' | 'services' | 'hide' | 'hideOthers' | 'unhide' | 'quit' | 'close' | 'minimize' | 'zoom' | 'front'
  | 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll' | 'zoomIn' | 'zoomOut' | 'resetZoom' | 'togglefullscreen' | 'reload' | 'toggleDevTools'

export type MenuEntry =
  | { readonly type: 'separator' }
  | { readonly type: 'role'; readonly role: MenuRole; readonly label: string; readonly accelerator?: string }
  | {
      readonly type: 'deed'
      readonly deed: MenuDeed
      readonly label: string
      readonly enabled: boolean
      readonly accelerator?: string
      /** Whether the key is the menu's; a key of the page is only shown, so that it never acts twice. */
      readonly ownKey: boolean
    }
export type MenuColumn = { readonly label: string; readonly role?: 'window' | 'help'; readonly entries: readonly MenuEntry[] }

export type MenuFacts = {
  readonly words: ShellWords
  readonly platform: NodeJS.Platform
  /** Whether somebody is signed in, in the window that the menu would act on. */
  readonly signedIn: boolean
  readonly development: boolean
}

/** Entries that make sense before sign-in too: a lookup waits for it. */
const always: ReadonlySet<MenuDeed> = new Set(['newWindow', 'desk.lookup'])

/** The whole menu as plain data, in the person's language and after the platform's habits. */
export function menuTemplate({ words, platform, signedIn, development }: MenuFacts): MenuColumn[] {
  const { menu } = words
  const mac = platform === 'darwin'
  const role = (name: MenuRole, label: string, accelerator?: string): MenuEntry => ({ type: 'role', role: name, label, ...(accelerator === undefined ? {} : { accelerator }) })
  const deed = (name: MenuDeed, label: string, accelerator?: string): MenuEntry => ({
    type: 'deed',
    deed: name,
    label,
    enabled: signedIn || always.has(name),
    ownKey: name === 'newWindow' || name === 'desk.settings',
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const line: MenuEntry = { type: 'separator' }
  const settings = deed('desk.settings', menu.settings, 'CommandOrControl+,')

  const application: MenuColumn = {
    label: 'Sportello',
    entries: [role('about', menu.about), line, settings, line, role('services', menu.services), line, role('hide', menu.hide), role('hideOthers', menu.hideOthers), role('unhide', menu.unhide), line, role('quit', menu.quit)],
  }
  const file: MenuColumn = {
    label: menu.file,
    entries: [
      deed('newWindow', menu.newWindow, 'CommandOrControl+Shift+N'),
      deed('desk.newTicket', menu.newTicket),
      line,
      deed('desk.print', menu.print, 'CommandOrControl+P'),
      line,
      deed('desk.closeTab', menu.closeTab, 'CommandOrControl+W'),
      // The role's own key is the one that closes a tab here.
      role('close', menu.closeWindow, 'CommandOrControl+Shift+W'),
      line,
      ...(mac ? [deed('desk.signOut', menu.signOut)] : [settings, deed('desk.signOut', menu.signOut), line, role('quit', menu.quit)]),
    ],
  }
  const edit: MenuColumn = {
    label: menu.edit,
    entries: [role('undo', menu.undo), role('redo', menu.redo), line, role('cut', menu.cut), role('copy', menu.copy), role('paste', menu.paste), role('selectAll', menu.selectAll)],
  }
  const go: MenuColumn = {
    label: menu.go,
    entries: [
      deed('desk.lookup', menu.lookup, 'CommandOrControl+K'),
      deed('desk.tickets', menu.tickets),
      deed('desk.outbox', menu.outbox),
      line,
      deed('desk.nextTab', menu.nextTab, 'Control+Tab'),
      deed('desk.previousTab', menu.previousTab, 'Control+Shift+Tab'),
    ],
  }
  const view: MenuColumn = {
    label: menu.view,
    entries: [
      role('zoomIn', menu.zoomIn), role('zoomOut', menu.zoomOut), role('resetZoom', menu.resetZoom), line, role('togglefullscreen', menu.fullScreen),
      // A reload in use would lose what is typed but not yet kept.
      ...(development ? [line, role('reload', menu.reload), role('toggleDevTools', menu.devTools)] : []),
    ],
  }
  const window: MenuColumn = { label: menu.window, role: 'window', entries: [role('minimize', menu.minimize), ...(mac ? [role('zoom', menu.zoom), line, role('front', menu.front)] : [])] }
  const help: MenuColumn = { label: menu.help, role: 'help', entries: [deed('desk.keys', menu.keys)] }
  return [...(mac ? [application] : []), file, edit, go, view, window, help]
}
