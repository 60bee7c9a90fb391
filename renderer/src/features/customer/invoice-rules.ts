import type { InvoiceView } from '../../../../shared/contract/customers.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'

/** Why an invoice can or cannot be paid on the portal: an amount outstanding and no active direct debit (S4). */
export function paymentReason(invoice: Pick<InvoiceView, 'payable' | 'state'>): MessageKey {
  if (invoice.payable) return 'customer.invoices.payable'
  switch (invoice.state) {
    case 'paid':
      return 'customer.invoices.paidWhy'
    case 'credit':
      return 'customer.invoices.creditWhy'
    case 'due':
    case 'overdue':
      return 'customer.invoices.debitWhy'
  }
}

/** Which invoices a customer sees alone on the brand's portal. The desk shows all of them. */
export type PortalLimit = 'two_years' | 'from_2014'
const firstYearOfS2 = 2014

/** S4 shows this year and the two before, S2 everything from 2014; the other guides set no limit. */
export function portalLimit(portal: string): PortalLimit | null {
  if (portal === 'S4') return 'two_years'
  return portal === 'S2' ? 'from_2014' : null
}

/** Whether the customer finds this invoice on the portal today. */
export function onPortal(invoice: Pick<InvoiceView, 'issueDay'>, limit: PortalLimit | null, today: string): boolean {
  const year = Number(invoice.issueDay.slice(0, 4))
  switch (limit) {
    case 'two_years':
      return year >= Number(today.slice(0, 4)) - 2
    case 'from_2014':
      return year >= firstYearOfS2
    case null:
      return true
  }
}
