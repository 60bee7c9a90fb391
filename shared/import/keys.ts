import { asId } from '../domain/ids.ts'
import type { BrandId } from '../domain/ids.ts'
import type { Commodity } from '../domain/records/master.ts'
import { checkPdr, checkPod, podKey } from '../domain/supply-code.ts'
import { raw, requiredCode } from './cells.ts'
import type { Cell, ReadContext } from './extract-format.ts'
import type { RowIssues } from './import-reasons.ts'

/** The brand of a row, capitals aside; one that nobody knows refuses it. */
export function requiredBrand(fields: readonly string[], cell: Cell, context: ReadContext, issues: RowIssues): BrandId {
  const text = raw(fields, cell)
  if (context.portals.has(text)) return asId<BrandId>(text)
  const lower = text.toLowerCase()
  if (!context.portals.has(lower)) issues.refuse(cell.column.name, text === '' ? 'required' : 'unknown_brand')
  return asId<BrandId>(lower)
}

/**
 * The code of a supply point: a POD for electricity, a PDR for gas, the company's own code otherwise. A malformed POD or PDR refuses
 * the row (decision 6: the PDR of 15 digits in S2). PODs are kept with their first 14 characters, on which they are compared,
 * so that one point with and without the optional control character stays one point.
 */
export function requiredSupplyCode(fields: readonly string[], cell: Cell, commodity: Commodity, issues: RowIssues): string {
  const text = requiredCode(fields, cell, issues)
  if (text === '') return text
  switch (commodity) {
    case 'electricity': {
      const checked = checkPod(text)
      if (checked.ok) return podKey(checked.value)
      issues.refuse(cell.column.name, checked.reason)
      return text
    }
    case 'gas': {
      const checked = checkPdr(text)
      if (checked.ok) return checked.value
      issues.refuse(cell.column.name, checked.reason)
      return text
    }
    default:
      return text
  }
}
