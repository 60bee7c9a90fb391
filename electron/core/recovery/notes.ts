import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecoveryNote } from '../../../shared/contract/recovery.ts'
import { z } from '../../../shared/domain/schema.ts'
import { writeFileDurably } from '../people/durable-file.ts'

const count = z.int().min(0)
const schema = z.array(z.strictObject({
  id: z.string(), at: z.iso.datetime(), kind: z.enum(['restored', 'rebuilt', 'old_copy', 'log_lost']), copyAt: z.iso.datetime().nullable(),
  recovered: count, drafts: count, withoutEffect: count, missing: count, aside: z.string().nullable(), joined: z.boolean(),
}))
const mostKept = 20

export type RecoveryNotes = {
  readonly all: () => readonly RecoveryNote[]
  readonly add: (note: Omit<RecoveryNote, 'id'>) => void
  readonly remove: (id: string) => void
}

/** What was put right, kept beside the database until somebody has read it: a restart does not make it forgotten. Counts and dates only. */
export function createRecoveryNotes(dataDir: string): RecoveryNotes {
  const path = join(dataDir, 'recovery-notes.json')
  const all = (): readonly RecoveryNote[] => {
    try {
      return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      return []
    }
  }
  const write = (notes: readonly RecoveryNote[]) => writeFileDurably(path, JSON.stringify(notes.slice(-mostKept)))
  return {
    all,
    // What was begun again after it was cut short has set the same files aside: it is one story.
    add: (note) => write([...all().filter(({ aside }) => aside === null || aside !== note.aside), { id: randomUUID(), ...note }]),
    remove: (id) => {
      const notes = all()
      if (notes.some((note) => note.id === id)) write(notes.filter((note) => note.id !== id))
    },
  }
}
