import type { Session } from '../context.ts'
import type { BlobVault, BlobWriter } from '../sync/blobs/blob-vault.ts'

/** A file that a page is handing over. */
export type Upload = { readonly ticketId: string; readonly name: string; readonly size: number; readonly writer: BlobWriter; readonly vault: BlobVault }
type Held = { readonly uploads: Map<string, Upload>; readonly opened: Set<string> }

/** Somebody hands over a few files at a time; each holds a file open. */
export const uploadsAtOnce = 8

/** What belongs to a session goes with it: beginnings that nobody ends are swept from the disk later. */
const bySession = new WeakMap<Session, Held>()

export function heldBy(session: Session): Held {
  let held = bySession.get(session)
  if (!held) {
    held = { uploads: new Map(), opened: new Set() }
    bySession.set(session, held)
  }
  return held
}

export function endUpload(session: Session, id: string): Upload | null {
  const { uploads } = heldBy(session)
  const upload = uploads.get(id) ?? null
  uploads.delete(id)
  return upload
}
