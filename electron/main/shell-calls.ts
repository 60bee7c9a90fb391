/** Native things a window may ask for, each checked like a call. */
import { app, dialog, shell } from 'electron'
import type { BrowserWindow } from 'electron'
import { writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { z } from 'zod'
import { safeFileName } from './policy/file-name.ts'
import { decideOpen } from './policy/open-external.ts'

const longestText = 64 * 1024 * 1024
const requestSchema = z.discriminatedUnion('ability', [
  z.strictObject({ ability: z.literal('print'), input: z.strictObject({}) }),
  z.strictObject({
    ability: z.literal('saveFile'),
    input: z.strictObject({ name: z.string().min(1).max(200), mime: z.string().max(80), text: z.string().max(longestText) }),
  }),
  z.strictObject({ ability: z.literal('openExternal'), input: z.strictObject({ address: z.string().max(500) }) }),
])
type ShellRequest = z.infer<typeof requestSchema>

/** Answers `true` when the thing was done, `false` when the person cancelled or it was refused; as JSON. */
export async function answerShellCall(window: BrowserWindow, requestJson: string): Promise<string> {
  const request = parse(requestJson)
  return JSON.stringify(request !== null && (await perform(window, request)))
}

async function perform(window: BrowserWindow, request: ShellRequest): Promise<boolean> {
  switch (request.ability) {
    case 'print':
      return print(window)
    case 'saveFile':
      return saveFile(window, request.input)
    case 'openExternal':
      return openExternal(request.input.address)
  }
}

function print(window: BrowserWindow): Promise<boolean> {
  return new Promise((resolve) => window.webContents.print({}, (printed) => resolve(printed)))
}

async function saveFile(window: BrowserWindow, file: { readonly name: string; readonly text: string }): Promise<boolean> {
  const name = safeFileName(file.name)
  const extension = extname(name).slice(1)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('downloads'), name),
    filters: extension === '' ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }],
    properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
  })
  if (canceled || filePath === '') return false
  await writeFile(filePath, file.text, { mode: 0o600 })
  return true
}

/** The only place where an address leaves the application. */
async function openExternal(address: string): Promise<boolean> {
  const checked = decideOpen(address)
  if (checked === null) return false
  await shell.openExternal(checked)
  return true
}

function parse(text: string): ShellRequest | null {
  try {
    return requestSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
