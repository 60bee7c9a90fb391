import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import type { SaveOutcome } from '../../shared/contract/shell.ts'
import { safeFileName } from './policy/file-name.ts'
import { keepExtension, saveProblemOf } from './policy/save-problem.ts'

export type SavedFile = { readonly name: string; readonly text: string; readonly encoding?: 'base64' | undefined }
export type SaveDialog = (options: { readonly defaultPath: string; readonly extension: string }) => Promise<string | null>

/**
 * Asks where a file goes and writes it there, whole or not at all.
 *
 * @param folder where the dialog begins
 * @param ask shows the dialog; answers the chosen path, or `null` when the person cancelled
 */
export async function saveFile(file: SavedFile, folder: string, ask: SaveDialog): Promise<SaveOutcome> {
  const name = safeFileName(file.name)
  const extension = extname(name).slice(1)
  let proposed = join(folder, name)
  for (;;) {
    const chosen = await ask({ defaultPath: proposed, extension })
    if (chosen === null || chosen === '') return 'cancelled'
    proposed = keepExtension(chosen, extension)
    // The dialog asked about overwriting the name it showed; a file of the completed name needs a question of its own.
    if (proposed === chosen || !existsSync(proposed)) break
  }
  try {
    await writeWhole(proposed, file.encoding === 'base64' ? Buffer.from(file.text, 'base64') : file.text)
    return 'saved'
  } catch (error) {
    return saveProblemOf(error)
  }
}

/** Into a file beside it first, so that a full disk leaves what was there before. The name of that file says nothing. */
async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const fresh = join(dirname(path), `.sportello-${randomUUID()}.part`)
  try {
    const handle = await open(fresh, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, path)
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined)
    throw error
  }
}
