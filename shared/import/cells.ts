import { accept } from '../domain/check.ts'
import type { Check } from '../domain/check.ts'
import { isCivilDay, parseCivilDay } from '../domain/civil-day.ts'
import type { CivilDay } from '../domain/civil-day.ts'
import type { Cell } from './extract-format.ts'
import type { RowIssues } from './import-reasons.ts'
import { parseRomeInstant } from './rome-instant.ts'
import { parseScaled } from './scaled-number.ts'

/** The value of a cell without spaces around it; '' where the file has no such column. */
export function raw(fields: readonly string[], cell: Cell): string {
  return cell.index < 0 ? '' : (fields[cell.index] ?? '').trim()
}

/** 0 plain, 1 has letters beyond ASCII, 2 has control characters. */
function classify(text: string): 0 | 1 | 2 {
  let kind: 0 | 1 = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 32 || code === 127) return 2
    if (code > 127) kind = 1
  }
  return kind
}

/** A key, exactly as the billing system writes it: leading zeros and capitals count. '' once refused. */
export function requiredCode(fields: readonly string[], cell: Cell, issues: RowIssues): string {
  const text = raw(fields, cell)
  if (text === '') issues.refuse(cell.column.name, 'required')
  else if (text.length > cell.column.max) issues.refuse(cell.column.name, 'value_too_long')
  else if (classify(text) === 2) issues.refuse(cell.column.name, 'control_characters')
  return text
}

/** Free text on one line: composed letters, control characters turned into spaces, cut where too long. */
export function optionalText(fields: readonly string[], cell: Cell, issues: RowIssues): string | null {
  let text = raw(fields, cell)
  if (text === '') return null
  const kind = classify(text)
  if (kind > 0) text = text.normalize('NFC')
  if (kind === 2) {
    text = text.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim()
    issues.warn(cell.column.name, 'control_characters', 'changed')
  }
  return cut(text, cell, issues)
}

/** Free text that may have several lines. */
export function optionalLines(fields: readonly string[], cell: Cell, issues: RowIssues): string | null {
  let text = raw(fields, cell)
  if (text === '') return null
  if (classify(text) > 0) {
    text = text.normalize('NFC').replaceAll('\r\n', '\n')
    const clean = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]+/g, ' ')
    if (clean !== text) issues.warn(cell.column.name, 'control_characters', 'changed')
    text = clean
  }
  return cut(text, cell, issues)
}

function cut(text: string, cell: Cell, issues: RowIssues): string | null {
  if (text === '') return null
  if (text.length <= cell.column.max) return text
  issues.warn(cell.column.name, 'value_cut', 'changed')
  const end = cell.column.max
  const splitsPair = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800
  return text.slice(0, splitsPair ? end - 1 : end)
}

export function requiredText(fields: readonly string[], cell: Cell, issues: RowIssues): string {
  const text = optionalText(fields, cell, issues)
  if (text === null) issues.refuse(cell.column.name, 'required')
  return text ?? ''
}

const noDay = '' as CivilDay
/** Billing systems write "for ever" as a day in a far year. */
const foreverFrom = '2900'
const earliest = '1850-01-01'

function readDay(text: string): Check<CivilDay> {
  return isCivilDay(text) ? accept(text) : parseCivilDay(text)
}

/** A day that may be missing. A far future day (9999-12-31) means none; one that is no day is dropped with a warning. */
export function optionalDay(fields: readonly string[], cell: Cell, issues: RowIssues): CivilDay | null {
  const text = raw(fields, cell)
  if (text === '') return null
  const read = readDay(text)
  if (!read.ok) {
    issues.warn(cell.column.name, read.reason, 'dropped')
    return null
  }
  const day = read.value
  if (day >= foreverFrom) return null
  if (day >= earliest) return day
  issues.warn(cell.column.name, 'day_not_plausible', 'dropped')
  return null
}

/** A day the record cannot do without: a wrong or implausible one refuses the row. */
export function requiredDay(fields: readonly string[], cell: Cell, issues: RowIssues): CivilDay {
  const text = raw(fields, cell)
  if (text === '') {
    issues.refuse(cell.column.name, 'required')
    return noDay
  }
  const read = readDay(text)
  if (!read.ok) {
    issues.refuse(cell.column.name, read.reason)
    return noDay
  }
  const day = read.value
  if (day < earliest || day >= foreverFrom) issues.refuse(cell.column.name, 'day_not_plausible')
  return day
}

/** An instant as ISO text in UTC; null where empty, and where it cannot be read (with a warning). */
export function optionalInstant(fields: readonly string[], cell: Cell, issues: RowIssues): string | null {
  const text = raw(fields, cell)
  if (text === '') return null
  const instant = parseRomeInstant(text)
  if (instant === null) issues.warn(cell.column.name, 'instant_format', 'dropped')
  return instant
}

export function requiredInstant(fields: readonly string[], cell: Cell, issues: RowIssues): string {
  const text = raw(fields, cell)
  const instant = text === '' ? null : parseRomeInstant(text)
  if (instant === null) issues.refuse(cell.column.name, text === '' ? 'required' : 'instant_format')
  return instant ?? ''
}

/** A decimal number as a whole number of its last place; what is there and cannot be read refuses the row. */
export function optionalScaled(fields: readonly string[], cell: Cell, decimals: number, issues: RowIssues): number | null {
  const text = raw(fields, cell)
  if (text === '') return null
  const value = parseScaled(text, decimals)
  if (typeof value === 'number') return value
  issues.refuse(cell.column.name, value)
  return null
}

export function requiredScaled(fields: readonly string[], cell: Cell, decimals: number, issues: RowIssues): number {
  const value = optionalScaled(fields, cell, decimals, issues)
  if (value === null && raw(fields, cell) === '') issues.refuse(cell.column.name, 'required')
  return value ?? 0
}

/** A whole number from 0 to `max`, of secondary importance: a wrong one is dropped with a warning. */
export function optionalWhole(fields: readonly string[], cell: Cell, max: number, issues: RowIssues): number | null {
  const text = raw(fields, cell)
  if (text === '') return null
  const value = parseScaled(text, 0)
  if (typeof value !== 'number') issues.warn(cell.column.name, value, 'dropped')
  else if (value < 0 || value > max) issues.warn(cell.column.name, 'number_out_of_range', 'dropped')
  else return value
  return null
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ['1', true], ['0', false], ['S', true], ['N', false], ['s', true], ['n', false], ['true', true], ['false', false],
  ['sì', true], ['si', true], ['no', false], ['y', true], ['yes', true], ['vero', true], ['falso', false],
])

/** Yes or no; null where empty or not readable (with a warning). */
export function optionalFlag(fields: readonly string[], cell: Cell, issues: RowIssues): boolean | null {
  const text = raw(fields, cell)
  if (text === '') return null
  const value = flags.get(text) ?? flags.get(text.normalize('NFC').toLowerCase())
  if (value !== undefined) return value
  issues.warn(cell.column.name, 'flag_format', 'dropped')
  return null
}

export function requiredFlag(fields: readonly string[], cell: Cell, issues: RowIssues): boolean {
  const text = raw(fields, cell)
  const value = flags.get(text) ?? flags.get(text.normalize('NFC').toLowerCase())
  if (value === undefined) issues.refuse(cell.column.name, text === '' ? 'required' : 'flag_format')
  return value ?? false
}
