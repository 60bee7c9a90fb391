import { parseCivilDay } from './civil-day.ts'
import { compactCode } from './compact.ts'
import { foldTokens } from './fold.ts'
import { parseScaled } from '../import/scaled-number.ts'
import type { AddressRow, CustomerRow } from './records/master.ts'

export const callerChecks = ['tax_code_end', 'birth_day', 'last_invoice_amount', 'supply_address', 'customer_code', 'pod_or_pdr'] as const
/** What a caller may be asked, so that personal data can be shown (requirements 3, "Verify, then reveal"). */
export type CallerCheck = (typeof callerChecks)[number]

/** What the answers are held against. */
export type CallerFacts = {
  readonly customer: Pick<CustomerRow, 'taxCode' | 'vatNumber' | 'birthDay' | 'code'>
  readonly addresses: readonly Pick<AddressRow, 'street' | 'houseNumber' | 'town'>[]
  /** Cents of the newest invoice; `null` when there is none. */
  readonly lastInvoiceCents: number | null
  /** Codes of the supply points. */
  readonly pointCodes: readonly string[]
}

/** Fewest characters of a point's code that say something: the tail a meter shows. */
const shortestPointTail = 6
const taxCodeEnd = 4

/** Checks that can be asked of this customer: without a birth day on file, nobody can answer it. */
export function possibleChecks(facts: CallerFacts): CallerCheck[] {
  const { customer } = facts
  return callerChecks.filter((check) => {
    switch (check) {
      case 'tax_code_end':
        return (customer.taxCode ?? customer.vatNumber) !== null
      case 'birth_day':
        return customer.birthDay !== null
      case 'last_invoice_amount':
        return facts.lastInvoiceCents !== null
      case 'supply_address':
        return facts.addresses.length > 0
      case 'customer_code':
        return true
      case 'pod_or_pdr':
        return facts.pointCodes.some((code) => code.length >= shortestPointTail)
    }
  })
}

/** Whether what the caller said fits, forgiving case, spaces, separators and leading zeros. */
export function passesCheck(check: CallerCheck, answer: string, facts: CallerFacts): boolean {
  const { customer } = facts
  const said = compactCode(answer)
  switch (check) {
    case 'tax_code_end':
      return said.length >= taxCodeEnd && [customer.taxCode, customer.vatNumber].some((code) => code?.endsWith(said) === true)
    case 'birth_day': {
      const day = parseCivilDay(answer.trim().replace(/[.\-\s]/g, '/'))
      const plain = parseCivilDay(answer.trim())
      return customer.birthDay !== null && [day, plain].some((parsed) => parsed.ok && parsed.value === customer.birthDay)
    }
    case 'last_invoice_amount':
      return facts.lastInvoiceCents !== null && amountOf(answer) === facts.lastInvoiceCents
    case 'supply_address':
      return facts.addresses.some((address) => namesAddress(answer, address))
    case 'customer_code':
      return said !== '' && withoutZeros(said) === withoutZeros(compactCode(customer.code))
    case 'pod_or_pdr':
      return said.length >= shortestPointTail && facts.pointCodes.some((code) => compactCode(code).endsWith(said))
  }
}

function withoutZeros(code: string): string {
  return code.replace(/^0+/, '')
}

/** Euro cents of an amount as it is said: "114,92", "114.92 €", "1.114,92". */
function amountOf(text: string): number | null {
  const plain = text.replace(/[€\s]|euro?/gi, '')
  const written = /^\d{1,3}(\.\d{3})+(,\d{1,2})?$/.test(plain) ? plain.replaceAll('.', '') : plain
  const parsed = parseScaled(written, 2)
  return typeof parsed === 'number' ? parsed : null
}

const streetKinds = new Set(['via', 'viale', 'piazza', 'piazzale', 'corso', 'largo', 'vicolo', 'strada', 'borgo', 'salita', 'contrada', 'localita'])

/** "dei", "di", "san": said or left out. */
const shortWord = 3

/** The street's own words and the house number; the town and the kind of street may be left out. */
function namesAddress(answer: string, address: CallerFacts['addresses'][number]): boolean {
  const said = new Set(foldTokens(answer))
  const words = foldTokens(address.street).filter((word) => !streetKinds.has(word))
  const long = words.filter((word) => word.length > shortWord)
  const street = long.length > 0 ? long : words
  const [number] = foldTokens(address.houseNumber ?? '')
  return street.length > 0 && street.every((word) => said.has(word)) && (number === undefined || said.has(number))
}
