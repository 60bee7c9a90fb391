import { addressId } from '../../domain/ids.ts'
import { optionalText, raw, requiredCode, requiredText } from '../cells.ts'
import { defineFormat } from '../extract-format.ts'
import type { Cell } from '../extract-format.ts'
import type { ImportReason, RowIssues } from '../import-reasons.ts'
import { requiredBrand } from '../keys.ts'

const columns = [
  { name: 'brand', required: true, type: 'code', max: 32, meaning: { it: 'Marchio', en: 'Brand' }, example: 'etra' },
  { name: 'code', required: true, type: 'code', max: 40, meaning: { it: 'Codice dell’indirizzo nel gestionale', en: 'Address code of the billing system' }, example: 'A0001234' },
  { name: 'street', required: true, type: 'text', max: 120, meaning: { it: 'Via, piazza o località', en: 'Street, square or locality' }, example: 'Via Battisti' },
  { name: 'house_number', required: false, type: 'text', max: 20, meaning: { it: 'Numero civico, con interno', en: 'House number, with flat' }, example: '14, int. 5' },
  { name: 'postal_code', required: false, type: 'code', max: 5, meaning: { it: 'CAP, cinque cifre', en: 'Postal code, five digits' }, example: '34125' },
  { name: 'town', required: true, type: 'text', max: 80, meaning: { it: 'Comune', en: 'Town' }, example: 'Trieste' },
  { name: 'province', required: false, type: 'code', max: 2, meaning: { it: 'Sigla della provincia', en: 'Two letters of the province' }, example: 'TS' },
  { name: 'town_code', required: false, type: 'code', max: 4, meaning: { it: 'Codice catastale del comune', en: 'Belfiore code of the town' }, example: 'L424' },
] as const

const postalCode = /^\d{5}$/
const province = /^[A-Z]{2}$/
const townCode = /^[A-Z]\d{3}$/

/** A short code of a known shape, in capitals; another shape is left out with a warning. */
function shaped(fields: readonly string[], cell: Cell, shape: RegExp, reason: ImportReason, issues: RowIssues): string | null {
  const text = raw(fields, cell)
  if (text === '') return null
  if (shape.test(text)) return text
  const capitals = text.toUpperCase()
  if (shape.test(capitals)) return capitals
  issues.warn(cell.column.name, reason, 'dropped')
  return null
}

export const addressFormat = defineFormat({
  kind: 'addresses',
  fileName: 'addresses.csv',
  columns,
  references: [],
  key: record => record.id,
  reader: (at, context) => (fields, issues) => {
    const brand = requiredBrand(fields, at.brand, context, issues)
    const code = requiredCode(fields, at.code, issues)
    const street = requiredText(fields, at.street, issues)
    const town = requiredText(fields, at.town, issues)
    if (issues.refusals.length > 0) return null
    return {
      id: addressId(brand, code),
      street,
      houseNumber: optionalText(fields, at.house_number, issues),
      postalCode: shaped(fields, at.postal_code, postalCode, 'postal_code_format', issues),
      town,
      province: shaped(fields, at.province, province, 'province_format', issues),
      townCode: shaped(fields, at.town_code, townCode, 'town_code_format', issues),
    }
  },
})
