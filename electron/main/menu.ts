import { Menu } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'
import { menuTemplate } from './policy/menu-template.ts'
import type { MenuDeed, MenuEntry, MenuFacts } from './policy/menu-template.ts'

/** Puts the menu up in the given language; the page's own actions are only asked for. */
export function installMenu(facts: MenuFacts, perform: (deed: MenuDeed) => void): void {
  const columns = menuTemplate(facts).map(({ label, role, entries }): MenuItemConstructorOptions => ({ label, ...(role === undefined ? {} : { role }), submenu: entries.map((entry) => item(entry, perform)) }))
  Menu.setApplicationMenu(Menu.buildFromTemplate(columns))
}

function item(entry: MenuEntry, perform: (deed: MenuDeed) => void): MenuItemConstructorOptions {
  switch (entry.type) {
    case 'separator':
      return { type: 'separator' }
    case 'role':
      return { role: entry.role, label: entry.label, ...(entry.accelerator === undefined ? {} : { accelerator: entry.accelerator }) }
    case 'deed':
      return {
        id: entry.deed,
        label: entry.label,
        enabled: entry.enabled,
        ...(entry.accelerator === undefined ? {} : { accelerator: entry.accelerator, registerAccelerator: entry.ownKey }),
        click: () => perform(entry.deed),
      }
  }
}
