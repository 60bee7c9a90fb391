/** Reads an asar archive without the tool that made it, so that the check does not trust the packer. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const integritySchema = z.object({ algorithm: z.literal('SHA256'), hash: z.string(), blockSize: z.int().positive(), blocks: z.array(z.string()) })
const fileSchema = z.object({ size: z.int().nonnegative(), offset: z.string().regex(/^\d{1,15}$/).optional(), unpacked: z.boolean().optional(), executable: z.boolean().optional(), integrity: integritySchema.optional() })
const folderSchema = z.object({ files: z.record(z.string(), z.unknown()) })
type Integrity = z.infer<typeof integritySchema>

export type AsarFile = { readonly path: string; readonly unpacked: boolean; readonly content: Buffer; readonly integrity: Integrity | null }
export type Asar = {
  /** SHA-256 of the header, in hexadecimal: what Electron compares with the value inside its program. */
  readonly headerHash: string
  readonly files: readonly AsarFile[]
}

/** Why an archive cannot be read, in one line. */
export class AsarError extends Error {
  override readonly name = 'AsarError'
}

/** Reads a whole archive, with the files that lie beside it in `<archive>.unpacked`. Throws `AsarError`. */
export function readAsar(path: string): Asar {
  const archive = readFileSync(path)
  const { text, end } = readHeader(archive)
  const files: AsarFile[] = []
  walk(parse(text), '', files, (entryPath, entry) => {
    if (entry.unpacked) return readUnpacked(join(`${path}.unpacked`, entryPath))
    const start = end + Number(entry.offset ?? Number.NaN)
    const content = archive.subarray(start, start + entry.size)
    if (!Number.isFinite(start) || content.length !== entry.size) throw new AsarError(`${entryPath} lies outside the archive`)
    return content
  })
  return { headerHash: createHash('sha256').update(text).digest('hex'), files }
}

/** Two Chromium pickles: the size of the header, then the header as a counted string. */
function readHeader(archive: Buffer): { readonly text: string; readonly end: number } {
  if (archive.length < 16 || archive.readUInt32LE(0) !== 4) throw new AsarError('not an asar archive')
  const size = archive.readUInt32LE(4)
  const length = archive.readUInt32LE(12)
  if (length > size - 8 || 8 + size > archive.length) throw new AsarError('the archive’s header is cut short')
  return { text: archive.subarray(16, 16 + length).toString('utf8'), end: 8 + size }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AsarError('the archive’s header is not JSON', { cause })
  }
}

function walk(node: unknown, path: string, files: AsarFile[], read: (path: string, entry: z.infer<typeof fileSchema>) => Buffer): void {
  const folder = folderSchema.safeParse(node)
  if (folder.success) {
    for (const [name, child] of Object.entries(folder.data.files)) {
      if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name)) throw new AsarError(`a name that is no name: ${JSON.stringify(name)}`)
      walk(child, path === '' ? name : `${path}/${name}`, files, read)
    }
    return
  }
  // A link would point past the list of files.
  const entry = fileSchema.safeParse(node)
  if (!entry.success) throw new AsarError(`${path} is neither a folder nor a file`)
  files.push({ path, unpacked: entry.data.unpacked ?? false, content: read(path, entry.data), integrity: entry.data.integrity ?? null })
}

function readUnpacked(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new AsarError('an unpacked file is missing beside the archive', { cause })
  }
}

/** Whether a file's content is what the header says of it, as a whole and block by block. */
export function isIntact({ content, integrity }: AsarFile): boolean {
  if (integrity === null) return false
  const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
  const blocks: string[] = []
  // The packer also writes the rest after the last whole block, even where that is nothing.
  for (let at = 0; at <= content.length; at += integrity.blockSize) blocks.push(hash(content.subarray(at, at + integrity.blockSize)))
  return hash(content) === integrity.hash && blocks.join() === integrity.blocks.join()
}
