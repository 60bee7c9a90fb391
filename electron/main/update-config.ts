import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileDurably } from '../core/people/durable-file.ts'
import { readUpdateUrl } from './policy/update-decision.ts'

const configSchema = z.strictObject({ url: z.string().max(500) })
const deskSchema = z.strictObject({ id: z.uuid() })

/**
 * Where updates come from: `updates.json`, `{"url":"https://…/"}`, in one of the folders, the first that has one. `null`, and
 * no updating, when there is none or it does not say a good address.
 */
export function readUpdateConfig(folders: readonly string[]): URL | null {
  for (const folder of folders) {
    const text = read(join(folder, 'updates.json'))
    if (text !== null) return parse(configSchema, text, ({ url }) => readUpdateUrl(url))
  }
  return null
}

/** A random name for this desk's place in roll-outs, made once; it says nothing and never leaves the machine. */
export function rolloutId(dataDir: string): string {
  const path = join(dataDir, 'update-desk.json')
  const known = parse(deskSchema, read(path) ?? '', ({ id }) => id)
  if (known !== null) return known
  const id = randomUUID()
  writeFileDurably(path, JSON.stringify({ id }))
  return id
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function parse<S extends z.ZodType, T>(schema: S, text: string, take: (value: z.infer<S>) => T): T | null {
  try {
    return take(schema.parse(JSON.parse(text)))
  } catch {
    return null
  }
}
