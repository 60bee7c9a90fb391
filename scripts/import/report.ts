import type { FileSummary } from '../../shared/import/file-summary.ts'
import type { ImportProgress, ImportSummary } from '../../electron/core/import/import-types.ts'

const quietEveryMs = 5000

/** One line that is written over on a terminal; elsewhere a line now and then. */
export function progressPrinter(): (progress: ImportProgress) => void {
  let printedAt = 0
  return (progress) => {
    const { isTTY } = process.stderr
    const now = performance.now()
    if (!isTTY && now - printedAt < quietEveryMs) return
    printedAt = now
    process.stderr.write(isTTY ? `\r\u001b[K${progressLine(progress)}` : `${progressLine(progress)}\n`)
  }
}

export function progressLine({ phase, fileName, done, total, recordsPerSecond, secondsLeft }: ImportProgress): string {
  const share = total > 0 ? Math.floor((done / total) * 100) : 0
  const rate = recordsPerSecond > 0 ? `  ${grouped(recordsPerSecond)} rows/s` : ''
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`
  return phase === 'load'
    ? `${String(share).padStart(3)}%  ${fileName ?? ''}${rate}${left}`
    : `${String(share).padStart(3)}%  lookup index  ${grouped(done)} of ${grouped(total)} customers${left}`
}

/** The closing report: a line per file and the whole. */
export function summaryLines(summary: ImportSummary, rejectFolder: string): string[] {
  const rejected = summary.files.reduce((sum, file) => sum + file.counts.rejected + file.counts.warned, 0)
  return [
    '',
    ['file'.padEnd(18), ...['read', 'loaded', 'unchanged', 'kept', 'rejected', 'warned'].map((name) => name.padStart(11))].join(''),
    ...summary.files.map(fileLine),
    '',
    `${summary.dryRun ? 'Dry run: nothing was written. ' : ''}${grouped(summary.records)} rows in ${duration(summary.seconds)}, ${grouped(summary.recordsPerSecond)} a second` +
      (summary.index.customers > 0 ? `, ${grouped(summary.index.customers)} customers indexed.` : '.'),
    ...(summary.state === 'cancelled' ? ['Interrupted: the same command with --resume goes on from here.'] : []),
    ...(rejected > 0 ? [`Refused and warned lines: ${rejectFolder}`] : []),
  ]
}

const stateTexts = {
  done: '',
  done_before: '  done before',
  absent: '  not there',
  refused: '  refused',
  stopped: '  stopped',
  not_reached: '  not reached',
} as const

function fileLine({ fileName, counts, state, refusal, unknownColumns }: FileSummary): string {
  const { read, loaded, unchanged, kept, rejected, warned } = counts
  const numbers = [read, loaded, unchanged, kept, rejected, warned].map((count) => grouped(count).padStart(11)).join('')
  const why = refusal === null ? '' : refusal.reason === 'header_columns' ? `: missing ${[...refusal.missing, ...refusal.repeated].join(', ')}` : `: ${refusal.reason}`
  const ignored = unknownColumns.length > 0 ? `  ignored: ${unknownColumns.join(', ')}` : ''
  return `${fileName.padEnd(18)}${numbers}${stateTexts[state]}${why}${ignored}`
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
