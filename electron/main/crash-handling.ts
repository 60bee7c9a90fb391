/** Pages that fall or hang, helper processes that go, errors nobody caught. Wires the decisions of `policy/crash-response.ts`. */
import { app, dialog } from 'electron'
import type { BrowserWindow, WebContents } from 'electron'
import type { Log } from '../core/ports.ts'
import { pageGone, pageHangs, programFailed } from './crash-words.ts'
import type { DeskWindows } from './desk-windows.ts'
import { decideAfterFailure, decideAfterGone, failureFields } from './policy/crash-response.ts'
import { startAgain } from './start-again.ts'

/** A store that does not close in this time will not: what it has acknowledged is on the disk anyway. */
const closePatienceMs = 5000

type Parts = {
  readonly log: Log
  /** Closes the store; called once at most. */
  readonly close: () => Promise<void>
}

/**
 * Errors nobody caught, from the first moment on. Nothing is reported to anybody: the crash reporter is never started.
 * Answers what to call with an error the desk cannot go on after.
 */
export function endOnFailure({ log, close }: Parts): (error: unknown) => void {
  let ending = false
  const end = async (): Promise<void> => {
    if (ending) return
    ending = true
    await Promise.race([close().catch(() => undefined), later(closePatienceMs)])
    if (await tellOfFailure().catch(() => false)) startAgain()
    app.exit(1)
  }
  const heard = (kind: 'exception' | 'rejection') => (error: unknown) => {
    log('error', `main_${kind}`, failureFields(error))
    if (decideAfterFailure(kind) === 'end') void end()
  }
  const failed = heard('exception')
  process.on('uncaughtException', failed)
  process.on('unhandledRejection', heard('rejection'))
  return failed
}

/** Before the application is ready there is only the plain box, and nothing to choose. */
async function tellOfFailure(): Promise<boolean> {
  if (app.isReady()) return asked(programFailed)
  dialog.showErrorBox('Sportello', `${programFailed.message}\n\n${programFailed.detail}`)
  return false
}

/** Brings pages back that have fallen; asks about those that hang, or fall again and again. */
export function bringPagesBack(windows: DeskWindows, log: Log): void {
  const reloads = new WeakMap<WebContents, readonly number[]>()
  let asking = false

  app.on('render-process-gone', (_, contents, { reason, exitCode }) => {
    log('error', 'page_gone', { reason, exitCode })
    const window = windows.of(contents)?.window
    if (window === undefined || window.isDestroyed()) return
    const decided = decideAfterGone(reason, reloads.get(contents) ?? [], Date.now())
    reloads.set(contents, decided.reloads)
    if (decided.act === 'reload') contents.reload()
    else if (!asking) {
      asking = true
      void restartIfWanted(log)
    }
  })
  app.on('child-process-gone', (_, { type, reason, exitCode }) => {
    // Chromium starts its helpers again by itself.
    if (reason !== 'clean-exit') log('error', 'helper_gone', { type: type.toLowerCase().replaceAll(' ', '_'), reason, exitCode })
  })
  app.on('browser-window-created', (_, window) => watchHanging(window, log))
}

/** The question goes away by itself when the page answers again. */
function watchHanging(window: BrowserWindow, log: Log): void {
  let question: AbortController | null = null
  window.on('unresponsive', () => {
    log('error', 'page_hangs')
    if (question !== null) return
    question = new AbortController()
    const { signal } = question
    void askAboutHanging(window, signal)
      .catch((error: unknown) => log('error', 'dialog_failed', failureFields(error)))
      .finally(() => (question = null))
  })
  window.on('responsive', () => {
    log('info', 'page_answers')
    question?.abort()
  })
}

async function askAboutHanging(window: BrowserWindow, signal: AbortSignal): Promise<void> {
  const { response } = await dialog.showMessageBox(window, { ...box(pageHangs), defaultId: 0, cancelId: 0, signal })
  if (response !== 1 || signal.aborted || window.isDestroyed()) return
  // A page that hangs would not hear a reload; its process has to go first.
  window.webContents.forcefullyCrashRenderer()
  window.webContents.reload()
}

async function restartIfWanted(log: Log): Promise<void> {
  try {
    if (await asked(pageGone)) startAgain()
  } catch (error) {
    log('error', 'dialog_failed', failureFields(error))
  }
  // Through the ordinary end: the store is closed on the way.
  app.quit()
}

type Words = { readonly message: string; readonly detail: string; readonly buttons: readonly string[] }

/** Whether the first button was chosen. */
async function asked(words: Words): Promise<boolean> {
  const { response } = await dialog.showMessageBox({ ...box(words), defaultId: 0, cancelId: 1 })
  return response === 0
}

function box({ message, detail, buttons }: Words) {
  return { type: 'error' as const, title: 'Sportello', message, detail, buttons: [...buttons], noLink: true }
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
