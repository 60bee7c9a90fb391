import { app, Menu, nativeImage, Tray } from 'electron'
import type { NativeImage } from 'electron'
import { trayPicture } from './policy/icons.ts'
import { toPng } from './policy/png.ts'
import { trayLines, trayTooltip } from './policy/tray-lines.ts'
import type { TrayFacts } from './policy/tray-lines.ts'
import type { ShellWords } from './words.ts'

export type TrayDeeds = { readonly open: () => void; readonly lookup: () => void }

/**
 * The desk's icon in the tray, or in the menu bar of macOS: what waits, whether the hub is there, and the way back to a window.
 *
 * @returns shows the facts of now; does nothing where the system has no tray
 */
export function createTray(deeds: TrayDeeds): (words: ShellWords, facts: TrayFacts) => void {
  let tray: Tray | null = null
  let shown = ''
  return (words, facts) => {
    const lines = trayLines(words, facts)
    const dot = facts.unread > 0
    const next = JSON.stringify([lines, dot])
    // The core tells of every write; a menu set anew would close under the pointer.
    if (next === shown) return
    shown = next
    tray = tray?.isDestroyed() === false ? tray : makeTray(deeds)
    tray.setImage(icon(dot))
    tray.setToolTip(trayTooltip(lines))
    tray.setContextMenu(
      Menu.buildFromTemplate([
        ...lines.map((label) => ({ label, enabled: false })),
        { type: 'separator' },
        { label: words.tray.open, click: deeds.open },
        { label: words.tray.lookup, click: deeds.lookup },
        { type: 'separator' },
        { label: words.tray.quit, click: () => app.quit() },
      ]),
    )
  }
}

function makeTray(deeds: TrayDeeds): Tray {
  const tray = new Tray(icon(false))
  // On macOS a click opens the menu.
  if (process.platform !== 'darwin') tray.on('click', deeds.open)
  return tray
}

function icon(dot: boolean): NativeImage {
  const bare = process.platform === 'darwin'
  const image = nativeImage.createFromBuffer(toPng(trayPicture({ scale: 1, bare, dot })))
  image.addRepresentation({ scaleFactor: 2, buffer: toPng(trayPicture({ scale: 2, bare, dot })) })
  if (bare) image.setTemplateImage(true)
  return image
}
