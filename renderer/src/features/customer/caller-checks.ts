import { callerChecks } from '../../../../shared/contract/customers.ts'
import type { CallerCheck, CustomerSheet } from '../../../../shared/contract/customers.ts'

/** How many checks lift the mask; the core has the last word. */
export const checksNeeded = 2

/** The checks that can be asked of whoever calls for this customer: nothing the office does not know itself. */
export function possibleChecks(sheet: CustomerSheet): CallerCheck[] {
  return callerChecks.filter((check) => isPossible(check, sheet))
}

function isPossible(check: CallerCheck, sheet: CustomerSheet): boolean {
  switch (check) {
    case 'tax_code_end':
      return sheet.taxCode !== null
    case 'birth_day':
      return sheet.birthDay !== null
    case 'last_invoice_amount':
      return sheet.counts.invoices > 0
    case 'supply_address':
      return sheet.supplies.some((supply) => supply.address !== null)
    case 'customer_code':
      return true
    case 'pod_or_pdr':
      return sheet.supplies.some((supply) => supply.commodity === 'electricity' || supply.commodity === 'gas')
  }
}
