import type { BrowserWindow, Display } from 'electron'
import { arrangementKey, fitBounds, homeOf, rememberPlace, smallestOn } from './policy/window-bounds.ts'
import type { Bounds, KeptPlace, WindowState } from './policy/window-bounds.ts'
import type { ShellSettingsFile } from './shell-settings.ts'

/** The part of Electron's `screen` that is asked. */
export type Screens = { readonly getAllDisplays: () => Display[]; readonly getPrimaryDisplay: () => Display }

/** How a window opens: on a display that is there, as it was left. */
export type Opening = { readonly bounds: Bounds; readonly smallest: { readonly width: number; readonly height: number }; readonly state: WindowState }

/** The place for a window about to open; a second one stands beside the first and is never maximised over it. */
export function openingPlace(settings: ShellSettingsFile, screens: Screens, taken: readonly Bounds[]): Opening {
  const displays = screens.getAllDisplays()
  const primary = screens.getPrimaryDisplay()
  const kept = placeFor(settings, displays)
  const bounds = fitBounds(kept?.bounds ?? null, displays, primary, taken)
  return { bounds, smallest: smallestOn(homeOf(bounds, displays) ?? primary), state: taken.length > 0 ? 'normal' : (kept?.state ?? 'normal') }
}

/** Writes down where a window stands whenever it is moved, sized, maximised or closed. */
export function keepPlace(window: BrowserWindow, settings: ShellSettingsFile, screens: Screens): void {
  const keep = (): void => {
    // A window put away tells the place of its icon.
    if (window.isDestroyed() || window.isMinimized()) return
    const state: WindowState = window.isFullScreen() ? 'full_screen' : window.isMaximized() ? 'maximised' : 'normal'
    settings.change({ places: rememberPlace(settings.get().places, arrangementKey(screens.getAllDisplays()), { bounds: whole(window.getNormalBounds()), state }) })
  }
  window.on('resize', keep)
  window.on('move', keep)
  window.on('maximize', keep)
  window.on('unmaximize', keep)
  window.on('enter-full-screen', keep)
  window.on('leave-full-screen', keep)
  window.on('close', () => {
    keep()
    settings.flush()
  })
}

function placeFor(settings: ShellSettingsFile, displays: readonly Display[]): KeptPlace | undefined {
  const { places } = settings.get()
  // Displays never seen together before: the newest place is a better guess than none, and is moved onto what is there.
  return places.find((place) => place.key === arrangementKey(displays)) ?? places.at(-1)
}

function whole({ x, y, width, height }: Bounds): Bounds {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
}
