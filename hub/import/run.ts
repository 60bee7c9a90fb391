import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { extractFormats, extractOrder } from '../../shared/import/extract-formats.ts'
import type { ExtractKind } from '../../shared/import/extract-format.ts'
import { noCounts } from '../../shared/import/file-summary.ts'
import type { FileState, FileSummary } from '../../shared/import/file-summary.ts'
import type { Tx } from '../server/parts.ts'
import { extractTable } from './extract-table.ts'
import { writeIssueLists } from './issue-lists.ts'
import { judge } from './judge.ts'
import { bumpHead, findWork, forgetErased, mergeSizes, mergeWork } from './merge.ts'
import type { MergeSizes } from './merge.ts'
import { keepOwnFields, releaseOwnFields } from './own-fields.ts'
import { filePrint, noRunRecord, openRunRecord } from './run-record.ts'
import { HubNoExtractsError, inImportSession, inTransactionOn } from './session.ts'
import { stageExtract } from './stage-extract.ts'
import type { Staged } from './stage-extract.ts'
import { anyDevice, assignTerritories } from './territories.ts'

export type HubImportOptions = {
  readonly pool: Pool
  /** With the extracts, named as `shared/import` says. */
  readonly dir: string
  /** Reads, judges and counts everything and changes nothing. */
  readonly dryRun?: boolean
  /** Takes `<name>.rejects.csv` and `<name>.warnings.csv`; by default `rejects` inside the folder. */
  readonly rejectDir?: string
  readonly onProgress?: (progress: HubImportProgress) => void
  readonly signal?: AbortSignal
  readonly now?: () => Date
  readonly sizes?: MergeSizes
}

export type HubImportProgress = {
  readonly fileName: string
  readonly phase: 'reading' | 'judging' | 'writing'
  /** Bytes read of all, in `reading`; rows written of those that differ, in `writing`. */
  readonly done: number
  readonly total: number
  /** Rows read so far in this run, and how many a second since its beginning. */
  readonly records: number
  readonly recordsPerSecond: number
}
export type HubImportSummary = {
  /** `cancelled` keeps what was brought in; the next run goes on there. */
  readonly state: 'done' | 'cancelled'
  readonly dryRun: boolean
  readonly files: readonly FileSummary[]
  readonly records: number
  readonly seconds: number
  readonly recordsPerSecond: number
}

type Source = { readonly kind: ExtractKind; readonly path: string; readonly size: number; readonly print: string }
type Run = { readonly client: Tx; readonly options: HubImportOptions; readonly signal: AbortSignal; readonly staged: Set<ExtractKind>; readonly tell: Tell }
type Tell = (fileName: string, phase: HubImportProgress['phase'], done: number, total: number, records: number) => void

/**
 * Brings a billing system's extracts into the hub: each file through COPY into a temporary table, judged there in sets, and merged by
 * business key in bounded transactions that also tell the desks. Loading the same files again changes nothing; a row that is missing is
 * never a deletion. Broken off anywhere, what was committed stands and the next run goes on. Rejects with `HubNoExtractsError`,
 * `HubImportRunningError`, or what the disk or the database said.
 */
export async function runHubImport(options: HubImportOptions): Promise<HubImportSummary> {
  const { pool, dir, dryRun = false } = options
  const signal = options.signal ?? new AbortController().signal
  const sources = findSources(dir)
  if (sources.length === 0) throw new HubNoExtractsError('the folder holds none of the extracts')
  const startedAt = performance.now()
  const seconds = () => Math.max(0.001, (performance.now() - startedAt) / 1000)
  let before = 0
  const tell: Tell = (fileName, phase, done, total, records) => {
    options.onProgress?.({ fileName, phase, done, total, records: before + records, recordsPerSecond: Math.round((before + records) / seconds()) })
  }
  return inImportSession(pool, async (client) => {
    const record = dryRun ? noRunRecord : await openRunRecord(client, Object.fromEntries(sources.map(({ kind, print }) => [kind, print])), extractOrder)
    const run: Run = { client, options, signal, staged: new Set(), tell }
    const files: FileSummary[] = []
    const untouched = (kind: ExtractKind, state: FileState) => ({ kind, fileName: extractFormats[kind].fileName, state, refusal: null, unknownColumns: [], counts: record.before[kind]?.counts ?? noCounts() })
    let cancelled = false
    try {
      for (const kind of extractOrder) {
        const source = sources.find((each) => each.kind === kind)
        cancelled ||= signal.aborted
        if (!source) files.push(untouched(kind, 'absent'))
        else if (cancelled) files.push(untouched(kind, 'not_reached'))
        else if (record.before[kind] !== undefined) files.push(untouched(kind, 'done_before'))
        else {
          const summary = await loadFile(run, source)
          files.push(summary)
          before += summary.counts.read
          cancelled = summary.state === 'stopped'
          if (summary.state === 'done') await record.save(kind, { print: source.print, counts: summary.counts })
        }
      }
      if (!dryRun) await settle(client, pool, files)
      await record.finish(cancelled ? 'cancelled' : 'done')
    } catch (error) {
      await record.finish('failed').catch(() => undefined)
      throw error
    }
    return { state: cancelled ? 'cancelled' : 'done', dryRun, files, records: before, seconds: seconds(), recordsPerSecond: Math.round(before / seconds()) }
  })
}

async function loadFile({ client, options, signal, staged, tell }: Run, source: Source): Promise<FileSummary> {
  const { dir, dryRun = false, rejectDir = join(dir, 'rejects'), now = () => new Date(), sizes = mergeSizes } = options
  const { kind, path, size } = source
  const { fileName } = extractFormats[kind]
  const table = extractTable(kind)
  const summary = (state: FileState, rest: Partial<FileSummary>): FileSummary => ({ kind, fileName, state, refusal: null, unknownColumns: [], counts: noCounts(), ...rest })
  let read: Staged
  try {
    read = await stageExtract(client, table, path, (bytes, rows) => tell(fileName, 'reading', bytes, size, rows), signal)
  } catch (error) {
    if (signal.aborted) return summary('stopped', {})
    throw error
  }
  if (read.refusal !== null) return summary('refused', { refusal: read.refusal })
  const { unknownColumns } = read
  tell(fileName, 'judging', 0, 1, read.read)
  await judge(client, table, staged)
  if (kind === 'customers') {
    if (!dryRun) await inTransactionOn(client, () => releaseOwnFields(client, table.stage))
    await keepOwnFields(client, table.stage)
  }
  const work = await findWork(client, table)
  const issues = await writeIssueLists(client, table, rejectDir, fileName)
  const counts = { read: read.read, loaded: work.loaded, unchanged: work.unchanged, kept: work.kept, ...issues }
  if (dryRun) {
    staged.add(kind)
    return summary('done', { unknownColumns, counts })
  }
  const ended = await mergeWork(client, table, work.rows, now().toISOString(), sizes, (rows) => tell(fileName, 'writing', rows, work.rows, read.read), signal)
  await client.query(`DROP TABLE ${table.stage}`)
  return summary(ended, { unknownColumns, counts })
}

/** Customers whose territory follows from their supplies are placed when those are there; statistics, so that the next queries are planned well. */
async function settle(client: Tx, pool: Pool, files: readonly FileSummary[]): Promise<void> {
  await inTransactionOn(client, () => forgetErased(client))
  if (!files.some(({ counts, state }) => counts.loaded > 0 && state !== 'done_before')) return
  const followed = await inTransactionOn(client, async () => {
    await assignTerritories(client, { customerIds: null })
    return anyDevice(client)
  })
  if (!followed) await bumpHead(pool)
  const filled = files.flatMap(({ kind, counts }) => (counts.loaded > 0 ? [extractTable(kind).table] : []))
  for (const table of new Set([...filled, 'customer_territory'])) await client.query(`ANALYZE ${table}`).catch(() => undefined)
}

function findSources(dir: string): Source[] {
  const found: Source[] = []
  for (const kind of extractOrder) {
    const path = join(dir, extractFormats[kind].fileName)
    if (existsSync(path) && statSync(path).isFile()) found.push({ kind, path, ...filePrint(path) })
  }
  return found
}
