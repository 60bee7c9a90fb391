import type Electron from 'electron'
import { onCommand } from './link.ts'
import { BrowserWindow } from './browser-window.ts'
import { quit } from './quitting.ts'
import { asClass, strict } from './strict.ts'
import { trayMenu } from './tray.ts'
import type { MenuEntry } from './wire.ts'

type Item = Electron.MenuItemConstructorOptions & { readonly entries: readonly Item[] }
type Built = { readonly items: readonly Item[]; readonly asMenu: Electron.Menu }

const built = new WeakMap<object, Built>()
let application: Electron.Menu | null = null

function createItem(options: Electron.MenuItemConstructorOptions): Item {
  const { submenu } = options
  const entries = Array.isArray(submenu) ? submenu.map(createItem) : submenu === undefined ? [] : itemsOf(submenu)
  return Object.assign({ enabled: true, visible: true, checked: false }, options, { entries })
}

function createMenu(template: readonly Electron.MenuItemConstructorOptions[] = []): Electron.Menu {
  const items = template.map(createItem)
  const asMenu = strict('Menu', {
    items: items as unknown as Electron.MenuItem[],
    append: (item) => void items.push(item as unknown as Item),
    popup: () => undefined,
    getMenuItemById: (id) => (all(items).find((item) => item.id === id) ?? null) as unknown as Electron.MenuItem | null,
  } satisfies Pick<Electron.Menu, 'items' | 'append' | 'popup' | 'getMenuItemById'>) as unknown as Electron.Menu
  built.set(asMenu, { items, asMenu })
  return asMenu
}

export const Menu = asClass('Menu', () => createMenu(), {
  buildFromTemplate: (template) => createMenu(template as Electron.MenuItemConstructorOptions[]),
  setApplicationMenu: (menu) => void (application = menu),
  getApplicationMenu: () => application,
} satisfies Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu'>)

export const MenuItem = asClass('MenuItem', (options: Electron.MenuItemConstructorOptions) => createItem(options), {})

export function applicationEntries(): readonly MenuEntry[] {
  return entriesOf(application)
}

/** What a person reads in a menu; separators are left out. */
export function entriesOf(menu: Electron.Menu | null): readonly MenuEntry[] {
  return menu === null ? [] : itemsOf(menu).filter(({ type, visible }) => type !== 'separator' && visible !== false).map(entryOf)
}

function entryOf({ label = '', role, accelerator, enabled, checked, entries }: Item): MenuEntry {
  return {
    label,
    enabled: enabled !== false,
    checked: checked === true,
    entries: entries.filter(({ type, visible }) => type !== 'separator' && visible !== false).map(entryOf),
    ...(role === undefined ? {} : { role }),
    ...(accelerator === undefined ? {} : { accelerator: accelerator }),
  }
}

function itemsOf(menu: Electron.Menu): readonly Item[] {
  return built.get(menu)?.items ?? []
}

function all(items: readonly Item[]): readonly Item[] {
  return items.flatMap((item) => [item, ...all(item.entries)])
}

/** What choosing an entry does; a role that is the system's own does nothing here. */
function choose(item: Item): void {
  if (item.enabled === false) throw new Error(`The entry '${item.label ?? ''}' is disabled`)
  if (item.type === 'checkbox') item.checked = item.checked !== true
  if (item.role === 'quit') quit()
  const window = BrowserWindow.getFocusedWindow() ?? undefined
  item.click?.(item as unknown as Electron.MenuItem, window, { triggeredByAccelerator: false })
}

onCommand('click-menu', ({ in: where, path }) => {
  let items = itemsOf((where === 'tray' ? trayMenu() : application) ?? createMenu())
  let found: Item | undefined
  for (const name of path) {
    found = items.find(({ label, role }) => label === name || role === name) ?? all(items).find(({ id }) => id === name)
    if (!found) throw new Error(`No entry '${name}' in the menu: ${items.map(({ label, role }) => label ?? role).join(', ')}`)
    items = found.entries
  }
  if (found) choose(found)
  return null
})
