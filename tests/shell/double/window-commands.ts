/** What a person does to a window, and what there is to see of it. */
import type Electron from 'electron'
import { BrowserWindow } from './browser-window.ts'
import { onCommand } from './link.ts'
import type { WindowState } from './wire.ts'

export function windowStates(): readonly WindowState[] {
  return BrowserWindow.getAllWindows().map((window) => ({
    id: window.id,
    bounds: window.getNormalBounds(),
    title: window.getTitle(),
    address: window.webContents.getURL(),
    visible: window.isVisible(),
    focused: window.isFocused(),
    minimized: window.isMinimized(),
    maximized: window.isMaximized(),
    fullScreen: window.isFullScreen(),
  }))
}

function found(id: number): Electron.BrowserWindow {
  const window = BrowserWindow.fromId(id)
  if (!window) throw new Error(`No window ${id}`)
  return window
}

onCommand('close-window', ({ window }) => {
  found(window).close()
  return null
})
onCommand('change-window', ({ window, to }) => {
  const one = found(window)
  if (typeof to === 'object') one.setBounds(to)
  else if (to === 'minimized') one.minimize()
  else if (to === 'maximized') one.maximize()
  else if (to === 'blurred') one.blur()
  else if (to === 'focused') one.focus()
  else if (one.isMinimized()) one.restore()
  else one.unmaximize()
  return null
})
