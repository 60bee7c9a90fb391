import { Menu } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'

/** The system's own entries only: without them macOS has no copy, paste and quit. The desk's actions live in the page. */
export function installMenu(development: boolean): void {
  const first: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : []
  const last: MenuItemConstructorOptions[] = development ? [{ role: 'viewMenu' }] : []
  Menu.setApplicationMenu(Menu.buildFromTemplate([...first, { role: 'editMenu' }, { role: 'windowMenu' }, ...last]))
}
