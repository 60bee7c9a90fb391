import { checkCodes } from '../domain/check.ts'
import type { CheckCode } from '../domain/check.ts'
import { csvReasons } from './csv/csv-types.ts'
import type { CsvReason } from './csv/csv-types.ts'

/** Reasons that only an extract can have; the others come from the checks of the domain and from the CSV itself. */
const ownReasons = [
  'required',
  'value_too_long',
  'value_cut',
  'control_characters',
  'unknown_word',
  'unknown_brand',
  'customer_code_six_digits',
  'postal_code_format',
  'town_code_format',
  'province_format',
  'flag_format',
  'day_not_plausible',
  'instant_format',
  'number_format',
  'number_too_large',
  'number_negative',
  'number_out_of_range',
  'amount_ambiguous',
  'name_missing',
  'name_of_other_kind',
  'end_before_start',
  'closed_without_end',
  'meter_needed',
  'bands_missing',
  'reference_missing',
  'duplicate_key',
] as const

/** Every reason a line can be refused or warned for: stable, and the key of its text in both languages. */
export const importReasons: readonly ImportReason[] = [...new Set([...csvReasons, ...checkCodes, ...ownReasons])]
export type ImportReason = CsvReason | CheckCode | (typeof ownReasons)[number]

/** What became of a value that was warned about. */
export type WarningEffect =
  /** Loaded as the extract has it. */
  | 'kept'
  /** Left empty. */
  | 'dropped'
  /** Loaded in a changed form: cut, cleaned, or the documented default. */
  | 'changed'

export type Refusal = { column: string; reason: ImportReason }
export type Warning = { column: string; reason: ImportReason; effect: WarningEffect }

/** What was found in one row. Used again for every row: `clear` before the next one. */
export type RowIssues = {
  refusals: Refusal[]
  warnings: Warning[]
  refuse(column: string, reason: ImportReason): void
  warn(column: string, reason: ImportReason, effect: WarningEffect): void
  clear(): void
}

/** A place to collect what is wrong with a row. Clearing allocates only where there was something. */
export function createRowIssues(): RowIssues {
  const issues: RowIssues = {
    refusals: [],
    warnings: [],
    refuse(column, reason) {
      issues.refusals.push({ column, reason })
    },
    warn(column, reason, effect) {
      issues.warnings.push({ column, reason, effect })
    },
    clear() {
      if (issues.refusals.length > 0) issues.refusals = []
      if (issues.warnings.length > 0) issues.warnings = []
    },
  }
  return issues
}
