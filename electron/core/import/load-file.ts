import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { defaultContext, extractFormats } from '../../../shared/import/extract-formats.ts'
import type { ExtractFormat, ExtractKind, Reference } from '../../../shared/import/extract-format.ts'
import { createExtractReader } from '../../../shared/import/extract-reader.ts'
import type { ExtractHeader, FileRefusal } from '../../../shared/import/extract-reader.ts'
import type { Refusal, Warning } from '../../../shared/import/import-reasons.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { Batch } from './batch.ts'
import type { ChangeMarks } from './change-marks.ts'
import { createIssueLists } from './issue-lists.ts'
import { noCounts } from '../../../shared/import/file-summary.ts'
import type { FileSummary } from '../../../shared/import/file-summary.ts'
import type { ImportJob } from './import-types.ts'
import { createKeySet } from './key-set.ts'
import type { KeySet } from './key-set.ts'
import { keyColumns, loadTables } from '../../../shared/import/load-tables.ts'
import type { ProgressMeter } from './progress-meter.ts'
import type { ReferenceCheck } from './reference-check.ts'
import { createDryWriter, createRowWriter } from './row-writer.ts'
import type { FilePosition, RunState } from './run-state.ts'

export type ExtractSource = { readonly kind: ExtractKind; readonly fileName: string; readonly size: number; readonly print: string }

export type LoadParts = {
  readonly db: RawDatabase
  readonly job: ImportJob
  readonly batch: Batch
  readonly state: RunState
  readonly meter: ProgressMeter
  readonly isCancelled: () => boolean
  readonly exists: ReferenceCheck
  readonly marks: ChangeMarks
  /** Bytes and rows of the files before this one. */
  readonly before: { readonly bytes: number; readonly records: number }
}

/** Some hundred rows: the desk waits for no more than this many when it wants to write. */
const chunkBytes = 65_536
const newline = 10
/** Of the biggest files, the keys of this many last rows at least are remembered: a repeated key is warned about when it is no further back. */
const rememberedKeys = 4_000_000
/** Kinds that other files name: all their keys are remembered. */
const isReferredTo: ReadonlySet<ExtractKind> = new Set(Object.values(extractFormats).flatMap((format) => format.references.map((reference) => reference.to)))

/**
 * Loads one extract from where it was left, a chunk at a time, and commits the position with the rows.
 * A row whose key occurred before in the file takes the earlier one's place; in a file that is only ever added to, the first one stays.
 * Answers the summary and the keys of the rows that were accepted.
 */
export function loadFile<K extends ExtractKind>(parts: LoadParts, source: ExtractSource & { kind: K }, from: FilePosition | null): { summary: FileSummary; keys: KeySet } {
  const { db, job, batch } = parts
  const { kind } = source
  const format: ExtractFormat<K> = extractFormats[kind]
  const write = job.dryRun ? createDryWriter(db, kind) : createRowWriter(db, kind, job.startedAt)
  const mark: ChangeMarks[K] = parts.marks[kind]
  const firstStands = loadTables[kind].appendOnly
  const counts = from === null ? noCounts() : { ...from.counts }
  const readBefore = counts.read
  const lists = createIssueLists(job.rejectFolder, source.fileName, from)
  const file = openSync(join(job.folder, source.fileName), 'r')
  // Not a Buffer: cutting a piece off a Buffer does not copy it, and the reader keeps an unfinished line while this one is filled again.
  const chunk = new Uint8Array(chunkBytes)
  let at = from?.resume?.byte ?? 0
  let held = readSync(file, chunk, 0, chunkBytes, at)
  const keys = createKeySet(expectedRows(chunk.subarray(0, held), source.size), isReferredTo.has(kind) ? Infinity : rememberedKeys)
  let header: ExtractHeader | null = null
  let refusal: FileRefusal | null = null

  function reject(line: number, refusals: readonly Refusal[]): void {
    counts.rejected++
    lists.reject(line, refusals)
  }

  const reader = createExtractReader<K>(kind, defaultContext, {
    header: (found) => {
      header = found
    },
    refused: (found) => {
      refusal = found
    },
    rejected: (line, refusals) => {
      counts.read++
      reject(line, refusals)
    },
    record: (record, line, warnings) => {
      counts.read++
      const references = checkReferences(format.references, record, parts.exists)
      if (references.refusals.length > 0) {
        reject(line, references.refusals)
        return
      }
      const isRepeated = !keys.add(format.key(record))
      const outcome = isRepeated && firstStands ? 'taken' : write(record)
      if (outcome === 'taken') {
        reject(line, [{ column: keyColumns[kind], reason: 'duplicate_key' }])
        return
      }
      // A repeated row may have to undo what its forerunner did, so it never counts as unchanged.
      counts[isRepeated ? 'loaded' : outcome]++
      if (outcome === 'loaded') mark?.(record)
      const own: readonly Warning[] = isRepeated ? [...references.warnings, { column: keyColumns[kind], reason: 'duplicate_key', effect: 'changed' }] : references.warnings
      if (warnings.length === 0 && own.length === 0) return
      counts.warned++
      lists.warn(line, own.length === 0 ? warnings : [...warnings, ...own])
    },
  }, from?.resume ?? undefined)

  function save(state: FilePosition['state']): void {
    const resume = header === null ? null : { ...reader.position(), header: header.fields, delimiter: header.delimiter }
    parts.state.save(kind, { state, print: source.print, resume, ...lists.flush(), counts: { ...counts } })
  }

  function tell(force = false): void {
    parts.meter.tell(source.fileName, parts.before.bytes + at, parts.before.records + counts.read - readBefore, force)
  }

  let cancelled = false
  try {
    while (held > 0 && refusal === null) {
      cancelled = parts.isCancelled()
      if (cancelled) break
      batch.open()
      reader.push(chunk.subarray(0, held))
      at += held
      held = readSync(file, chunk, 0, chunkBytes, at)
      if (batch.isDue()) {
        save('reading')
        batch.close()
      }
      tell()
    }
    batch.open()
    if (!cancelled && refusal === null) reader.end()
    save(cancelled ? 'reading' : 'done')
    batch.close()
    tell(true)
  } finally {
    closeSync(file)
    lists.close()
  }
  const found = header as ExtractHeader | null
  const summary: FileSummary = {
    kind,
    fileName: source.fileName,
    state: cancelled ? 'stopped' : refusal === null ? 'done' : 'refused',
    refusal,
    unknownColumns: found?.unknown ?? [],
    counts,
  }
  return { summary, keys }
}

type ReferenceFindings = { readonly refusals: readonly Refusal[]; readonly warnings: readonly Warning[] }
const nothingFound: ReferenceFindings = { refusals: [], warnings: [] }

/** What a record names must be there; where it can do without, the name is cleared and warned about. */
function checkReferences<R>(references: readonly Reference<R>[], record: R, exists: ReferenceCheck): ReferenceFindings {
  let refusals: Refusal[] | null = null
  let warnings: Warning[] | null = null
  for (const reference of references) {
    const id: unknown = record[reference.property]
    if (typeof id !== 'string' || exists(reference.to, id)) continue
    if (reference.clear === null) {
      refusals = [...(refusals ?? []), { column: reference.column, reason: 'reference_missing' }]
    } else {
      reference.clear(record)
      warnings = [...(warnings ?? []), { column: reference.column, reason: 'reference_missing', effect: 'dropped' }]
    }
  }
  return refusals === null && warnings === null ? nothingFound : { refusals: refusals ?? [], warnings: warnings ?? [] }
}

/** How many rows a file is likely to have, judged by the length of its first lines. */
function expectedRows(beginning: Uint8Array, size: number): number {
  let lines = 1
  for (const byte of beginning) if (byte === newline) lines++
  return Math.ceil((size / Math.max(1, beginning.length)) * lines)
}
