import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Tx } from '../server/parts.ts'
import { from as copyFrom } from 'pg-copy-streams'
import { defaultContext } from '../../shared/import/extract-formats.ts'
import type { ExtractKind } from '../../shared/import/extract-format.ts'
import { createExtractReader } from '../../shared/import/extract-reader.ts'
import type { FileRefusal } from '../../shared/import/extract-reader.ts'
import { copyValue } from './copy-text.ts'
import { list, sqlTypes } from './extract-table.ts'
import type { ExtractTable } from './extract-table.ts'

export type Staged = { readonly read: number; readonly refusal: FileRefusal | null; readonly unknownColumns: readonly string[] }
/** Bytes and rows of the file so far. */
type Told = (bytes: number, rows: number) => void

const chunkBytes = 256 * 1024

/**
 * Reads an extract into a temporary table of this connection, refused lines and warnings among the rows, in one COPY: memory stays
 * that of a few chunks whatever the size of the file.
 */
export async function stageExtract(client: Tx, table: ExtractTable, path: string, tell: Told, signal: AbortSignal): Promise<Staged> {
  await client.query(`DROP TABLE IF EXISTS ${table.stage}`)
  await client.query(`CREATE TEMP TABLE ${table.stage} (
    line bigint NOT NULL, accepted boolean NOT NULL, replaced boolean NOT NULL DEFAULT false, rejected jsonb, warnings jsonb,
    ${table.columns.map(({ column, kind }) => `${column} ${sqlTypes[kind]}`).join(', ')}
  )`)
  const found = { read: 0, refusal: null as FileRefusal | null, unknownColumns: [] as readonly string[] }
  const stream = client.query(copyFrom(`COPY ${table.stage} (line, accepted, rejected, warnings, ${list(table.columns.map(({ column }) => column))}) FROM STDIN`))
  await pipeline(Readable.from(lines(table, path, found, tell, signal), { objectMode: false }), stream)
  await client.query(`ANALYZE ${table.stage}`)
  return found
}

async function* lines(table: ExtractTable, path: string, found: { read: number; refusal: FileRefusal | null; unknownColumns: readonly string[] }, tell: Told, signal: AbortSignal): AsyncGenerator<string> {
  let held: string[] = []
  const nothing = table.columns.map(() => '\\N').join('\t')
  const reader = createExtractReader<ExtractKind>(table.kind, defaultContext, {
    header: ({ unknown }) => (found.unknownColumns = unknown),
    refused: (refusal) => (found.refusal = refusal),
    rejected: (line, refusals) => {
      found.read++
      held.push(`${line}\tf\t${copyValue(JSON.stringify(refusals))}\t\\N\t${nothing}\n`)
    },
    record: (record, line, warnings) => {
      found.read++
      const values = table.columns.map(({ property }) => copyValue((record as unknown as Record<string, unknown>)[property]))
      held.push(`${line}\tt\t\\N\t${warnings.length === 0 ? '\\N' : copyValue(JSON.stringify(warnings))}\t${values.join('\t')}\n`)
    },
  })
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes, signal }) as AsyncIterable<Uint8Array>) {
    // A copy: the reader keeps an unfinished line longer than the stream promises its memory.
    reader.push(new Uint8Array(chunk))
    bytes += chunk.length
    if (found.refusal !== null) return
    if (held.length > 0) yield held.join('')
    held = []
    tell(bytes, found.read)
  }
  reader.end()
  if (held.length > 0) yield held.join('')
}
