import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileDurably } from '../core/people/durable-file.ts'

const schema = z.strictObject({
  version: z.literal(1),
  /** The key store that wrapped it. */
  store: z.string().max(40),
  /** Names the secret without telling anything about it; key slots carry the same name. */
  id: z.string().max(64),
  sealed: z.base64().max(8192),
})
/** The wrapped secret as it lies on the disk. */
export type KeptSecret = z.infer<typeof schema>
type Copy = { readonly path: string; readonly kept: KeptSecret | 'missing' | 'damaged' }

export type SecretFiles = {
  readonly state: 'missing' | 'damaged' | 'kept'
  /** Readable copies; two that say the same count once. */
  readonly kept: readonly KeptSecret[]
  /** Writes both copies. One that holds another secret is left as it is: it may be the one somebody needs. */
  readonly write: (secret: KeptSecret) => void
  /** Whether a copy is gone, damaged, or behind the other. */
  readonly differFrom: (secret: KeptSecret) => boolean
}

const names = ['device-secret.json', 'device-secret.copy.json'] as const

/** Reads what is there; changes nothing. */
export function readSecretFiles(dataDir: string): SecretFiles {
  const copies = names.map((name) => readCopy(join(dataDir, name)))
  const readable = copies.flatMap(({ kept }) => (typeof kept === 'string' ? [] : [kept]))
  const isFree = (copy: Copy, secret: KeptSecret) => typeof copy.kept === 'string' || copy.kept.id === secret.id
  return {
    state: readable.length > 0 ? 'kept' : copies.some(({ kept }) => kept === 'damaged') ? 'damaged' : 'missing',
    kept: readable.filter((one, index) => readable.findIndex((other) => same(one, other)) === index),
    write: (secret) => {
      for (const copy of copies) if (isFree(copy, secret)) writeFileDurably(copy.path, JSON.stringify(secret))
    },
    differFrom: (secret) => copies.some((copy) => isFree(copy, secret) && (typeof copy.kept === 'string' || !same(copy.kept, secret))),
  }
}

function readCopy(path: string): Copy {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return { path, kept: error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'damaged' }
  }
  try {
    return { path, kept: schema.parse(JSON.parse(text)) }
  } catch {
    return { path, kept: 'damaged' }
  }
}

function same(a: KeptSecret, b: KeptSecret): boolean {
  return a.id === b.id && a.store === b.store && a.sealed === b.sealed
}
