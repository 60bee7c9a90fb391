import { app, nativeImage } from 'electron'
import type { BrowserWindow } from 'electron'
import { badgePicture } from './policy/icons.ts'
import { plural } from './policy/plural.ts'
import { toPng } from './policy/png.ts'
import type { ShellWords } from './words.ts'

/** Shows a number on the desk's icon: in the dock or launcher, on Windows over the taskbar's icon; 0 takes it away. */
export function showBadge(count: number, windows: readonly BrowserWindow[], words: ShellWords): void {
  if (process.platform !== 'win32') {
    app.setBadgeCount(count)
    return
  }
  const overlay = count === 0 ? null : nativeImage.createFromBuffer(toPng(badgePicture(count)))
  for (const window of windows) if (!window.isDestroyed()) window.setOverlayIcon(overlay, count === 0 ? '' : plural(words.badge, count))
}
