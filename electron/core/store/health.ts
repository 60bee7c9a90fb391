import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from '../../../shared/domain/schema.ts'
import { writeFileDurably } from '../people/durable-file.ts'

const schema = z.strictObject({
  version: z.literal(1),
  /** `open` while the desk works: found so at a start, its end was not clean. */
  exit: z.enum(['clean', 'open']),
  /** The highest number of an operation that was known to be in the database; a lower one there means an older file, or a lost log. */
  lastSeq: z.int().min(0),
  /** The last time it was read to its end without a fault. */
  checkedAt: z.iso.datetime().nullable(),
  /** A page could not be read: before the next work everything is checked. */
  doubtful: z.boolean(),
})
export type StoreHealth = Omit<z.infer<typeof schema>, 'version'>

const pathIn = (dataDir: string) => join(dataDir, 'store-health.json')

/** What is known beside the database of how it was left; `null` when nothing is, and then nothing is taken for granted. */
export function readHealth(dataDir: string): StoreHealth | null {
  try {
    const { exit, lastSeq, checkedAt, doubtful } = schema.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
    return { exit, lastSeq, checkedAt, doubtful }
  } catch {
    return null
  }
}

/** Answers whether it is on the disk: without room or leave to write, the next start checks more than it had to. */
export function writeHealth(dataDir: string, health: StoreHealth): boolean {
  try {
    writeFileDurably(pathIn(dataDir), JSON.stringify({ version: 1, ...health }))
    return true
  } catch {
    return false
  }
}
