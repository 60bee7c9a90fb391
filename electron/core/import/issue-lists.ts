import { join } from 'node:path'
import type { Refusal, Warning } from '../../../shared/import/import-reasons.ts'
import { createIssueFile } from './issue-file.ts'
import { describeReason, effectTexts } from '../../../shared/import/reason-texts.ts'

/** The two lists beside an extract: `<name>.rejects.csv` and `<name>.warnings.csv`, one line per reason found. */
export type IssueLists = {
  reject: (line: number, refusals: readonly Refusal[]) => void
  warn: (line: number, warnings: readonly Warning[]) => void
  flush: () => { rejectBytes: number; warningBytes: number }
  close: () => void
}

const rejectHeader = ['line', 'field', 'reason', 'motivo', 'explanation'] as const
const warningHeader = ['line', 'field', 'reason', 'effect', 'motivo', 'explanation'] as const

/** @param kept how long the lists of an interrupted run were at the position it is resumed from. */
export function createIssueLists(folder: string, fileName: string, kept: { readonly rejectBytes: number; readonly warningBytes: number } | null): IssueLists {
  const name = fileName.replace(/\.csv$/, '')
  const rejects = createIssueFile(join(folder, `${name}.rejects.csv`), rejectHeader, kept?.rejectBytes ?? 0)
  const warnings = createIssueFile(join(folder, `${name}.warnings.csv`), warningHeader, kept?.warningBytes ?? 0)
  return {
    reject: (line, refusals) => {
      for (const { column, reason } of refusals) {
        const text = describeReason(reason)
        rejects.add([line, column, reason, text.it, text.en])
      }
    },
    warn: (line, found) => {
      for (const { column, reason, effect } of found) {
        const text = describeReason(reason)
        const became = effectTexts[effect]
        warnings.add([line, column, reason, effect, `${text.it} (${became.it})`, `${text.en} (${became.en})`])
      }
    },
    flush: () => ({ rejectBytes: rejects.flush(), warningBytes: warnings.flush() }),
    close: () => {
      rejects.close()
      warnings.close()
    },
  }
}
