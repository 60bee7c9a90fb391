/** Native things a window may ask for, each checked like a call. */
import { app, dialog, shell } from 'electron'
import type { BrowserWindow } from 'electron'
import { extname } from 'node:path'
import type { Computer, ComputerChange, Notice, PrintOutcome, SaveOutcome } from '../../shared/contract/shell.ts'
import type { DeskWindow } from './desk-windows.ts'
import { decideOpen } from './policy/open-external.ts'
import { saveFile } from './save-file.ts'
import type { SavedFile } from './save-file.ts'
import { needsSession, parseShellRequest } from './shell-request.ts'
import type { ShellRequest } from './shell-request.ts'
import type { ShellLanguage } from './words.ts'

/** What the desktop does for a page beside the things of this file. */
export type ShellDeeds = {
  /** The window under its client identity; `null` when it has gone. */
  readonly deskOf: (window: BrowserWindow) => DeskWindow | null
  readonly isSignedIn: (clientId: string) => boolean
  readonly notify: (clientId: string, notice: Notice) => boolean
  readonly listen: (clientId: string, on: boolean) => void
  readonly speak: (language: ShellLanguage) => void
  readonly computer: () => Computer
  readonly setComputer: (change: ComputerChange) => Computer
}

/** Answers as JSON: what came of it, in the words of the `Shell` port; `null` for what is refused. */
export function createShellCalls(deeds: ShellDeeds): (window: BrowserWindow, requestJson: string) => Promise<string> {
  return async (window, requestJson) => {
    const request = parseShellRequest(requestJson)
    const desk = deeds.deskOf(window)
    if (request === null || desk === null) return 'null'
    if (needsSession(request) && !deeds.isSignedIn(desk.clientId)) return 'null'
    return JSON.stringify(await perform(deeds, desk, request))
  }
}

async function perform(deeds: ShellDeeds, { window, clientId }: DeskWindow, request: ShellRequest): Promise<unknown> {
  switch (request.ability) {
    case 'print':
      return print(window)
    case 'saveFile':
      return save(window, request.input)
    case 'openExternal':
      return openExternal(request.input.address)
    case 'notify':
      return deeds.notify(clientId, request.input)
    case 'listen':
      deeds.listen(clientId, request.input.on)
      return true
    case 'speak':
      deeds.speak(request.input.language)
      return true
    case 'computer':
      return deeds.computer()
    case 'setComputer':
      return deeds.setComputer(request.input)
  }
}

function print(window: BrowserWindow): Promise<PrintOutcome> {
  // Electron has no code for a person who changed their mind, only this sentence.
  return new Promise((resolve) => window.webContents.print({}, (printed, reason) => resolve(printed ? 'done' : /cancel/i.test(reason) ? 'cancelled' : 'failed')))
}

function save(window: BrowserWindow, file: SavedFile): Promise<SaveOutcome> {
  return saveFile(file, app.getPath('downloads'), async ({ defaultPath, extension }) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath,
      filters: extension === '' ? [] : [{ name: extname(defaultPath).slice(1).toUpperCase(), extensions: [extension] }],
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    })
    return canceled ? null : filePath
  })
}

/** The only place where an address leaves the application. */
async function openExternal(address: string): Promise<boolean> {
  const checked = decideOpen(address)
  if (checked === null) return false
  await shell.openExternal(checked)
  return true
}
