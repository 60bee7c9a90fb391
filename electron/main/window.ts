import { BrowserWindow, nativeTheme, screen } from 'electron'
import { appAddress } from './policy/app-origin.ts'
import { windowPrefs } from './policy/window-prefs.ts'
import type { ShellSettingsFile } from './shell-settings.ts'
import { keepPlace, openingPlace } from './window-state.ts'

/** The window's own ground before the page has painted, as in the theme's tokens (`--canvas`): no flash. */
const ground = { light: '#f1f1ee', dark: '#0f1115' } as const

/** The only place where a window is made. It appears once its page has painted, where it was left. */
export function openDeskWindow(preload: string, settings: ShellSettingsFile): BrowserWindow {
  const taken = BrowserWindow.getAllWindows().map((one) => one.getNormalBounds())
  const { bounds, smallest, state } = openingPlace(settings, screen, taken)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Sportello',
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: { ...windowPrefs, preload },
  })
  keepPlace(window, settings, screen)
  window.once('ready-to-show', () => {
    // Maximising shows a window, so it waits for the page as well.
    if (state === 'maximised') window.maximize()
    window.show()
    if (state === 'full_screen') window.setFullScreen(true)
  })
  void window.loadURL(appAddress)
  return window
}
