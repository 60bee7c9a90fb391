import { inject, provide } from 'vue'
import type { ComputedRef, InjectionKey } from 'vue'
import type { CustomerSheet, SupplyView } from '../../../../shared/contract/customers.ts'

/** Pages of the sheet, in the order of their tabs; `null` in a stored tab is the first. */
export const customerPages = ['overview', 'invoices', 'readings', 'tickets', 'portal', 'timeline'] as const
export type CustomerPage = (typeof customerPages)[number]

/** What every page of the sheet knows. */
export type CustomerContext = {
  readonly tabId: string
  readonly customerId: string
  readonly sheet: ComputedRef<CustomerSheet>
  /** The supply point every page is about; `null` for all of them. */
  readonly supplyPointId: ComputedRef<string | null>
  /** The contract that stands for that point: the active one, else the newest. */
  readonly supply: ComputedRef<SupplyView | null>
  /** Rises when something of this customer changed. */
  readonly revision: ComputedRef<number>
  /** Another page of this sheet, or the page on which a ticket or a reading is made. */
  readonly go: (page: CustomerPage | 'new-ticket' | 'new-reading') => void
  readonly openTicket: (ticketId: string, title: string) => void
  /** Brings the checks of the caller into focus. */
  readonly askVerification: () => void
  /** Prints the page in view, once it is whole. */
  readonly print: (whole: () => Promise<void>) => Promise<void>
}

const customerKey: InjectionKey<CustomerContext> = Symbol('customer')

export function provideCustomer(context: CustomerContext): void {
  provide(customerKey, context)
}

/** The customer of the sheet this component stands in. */
export function useCustomer(): CustomerContext {
  const context = inject(customerKey)
  if (context === undefined) throw new Error('no customer around this component')
  return context
}
