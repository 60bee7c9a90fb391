import { BrowserWindow, nativeTheme } from 'electron'
import { appAddress } from './policy/app-origin.ts'
import { windowPrefs } from './policy/window-prefs.ts'

/** The window's own ground before the page has painted, as in the theme's tokens (`--canvas`): no flash. */
const ground = { light: '#f1f1ee', dark: '#0f1115' } as const

/** The only place where a window is made. It appears once its page has painted. */
export function openDeskWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Sportello',
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: { ...windowPrefs, preload },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(appAddress)
  return window
}
