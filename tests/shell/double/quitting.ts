/** The order in which Electron ends: before-quit, every window's close, will-quit, quit. Each may be prevented. */
import { appEvents } from './app-events.ts'
import { BrowserWindow } from './browser-window.ts'
import { flushed, tell } from './link.ts'
import { preventable } from './strict.ts'

let quitting = false

export function quit(): void {
  if (prevented('before-quit')) return
  quitting = true
  for (const window of BrowserWindow.getAllWindows()) window.close()
  quitting = false
  if (BrowserWindow.getAllWindows().length > 0 || prevented('will-quit')) return
  appEvents.say('quit', preventable({}), 0)
  void leaving(0)
}

/** Without a listener Electron quits; with one the application decides. Not said while quitting. */
export function lastWindowClosed(): void {
  if (quitting) return
  if (!appEvents.say('window-all-closed')) quit()
}

export async function leaving(code: number): Promise<void> {
  tell({ note: 'exit', code })
  await flushed()
  process.exit(code)
}

function prevented(event: 'before-quit' | 'will-quit'): boolean {
  const question = preventable({})
  appEvents.say(event, question)
  return question.defaultPrevented
}
