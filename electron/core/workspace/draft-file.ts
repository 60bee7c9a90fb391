/**
 * The second copy of what is being typed: one small sealed file beside the database, replaced as a whole and synced before each commit,
 * because a lost or damaged write-ahead log takes committed rows with it without a word (as in `sync/outbox-journal.ts`).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileDurably } from '../people/durable-file.ts'

export type KeptDraft = { readonly personId: string; readonly key: string; readonly text: string; readonly savedAt: string }
/** `at`: when it was last replaced; a row that is older and not in it was dropped. */
export type DraftFile = { readonly at: string; readonly drafts: readonly KeptDraft[] }

export const draftFileName = 'drafts.sealed'
const nonceBytes = 12
const tagBytes = 16

/** Durable when it returns. `key` is the database key. */
export function writeDraftFile(dataDir: string, key: Uint8Array, content: DraftFile): void {
  const own = draftKey(key)
  try {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', own, nonce)
    const sealed = Buffer.concat([nonce, cipher.update(JSON.stringify(content)), cipher.final(), cipher.getAuthTag()])
    writeFileDurably(join(dataDir, draftFileName), sealed.toString('base64'))
  } finally {
    own.fill(0)
  }
}

/** `null` where there is none; one that cannot be read is put aside under another name first. */
export function readDraftFile(dataDir: string, key: Uint8Array): DraftFile | 'damaged' | null {
  const path = join(dataDir, draftFileName)
  if (!existsSync(path)) return null
  const own = draftKey(key)
  try {
    const sealed = Buffer.from(readFileSync(path, 'latin1'), 'base64')
    const decipher = createDecipheriv('aes-256-gcm', own, sealed.subarray(0, nonceBytes))
    decipher.setAuthTag(sealed.subarray(-tagBytes))
    const text = Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8')
    return JSON.parse(text) as DraftFile
  } catch {
    renameSync(path, `${path}.damaged`)
    return 'damaged'
  } finally {
    own.fill(0)
  }
}

/** With what was put aside and what was being written: somebody's texts are not to be here any more. */
export function removeDraftFile(dataDir: string): void {
  for (const suffix of ['', '.damaged', '.new']) rmSync(join(dataDir, `${draftFileName}${suffix}`), { force: true })
}

function draftKey(key: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), 'sportello drafts 1', 32))
}
