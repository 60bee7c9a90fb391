import { mdiCloseCircleOutline, mdiCurrencyEur, mdiHeartPulse, mdiScaleBalance } from '@mdi/js'
import type { LookupAlert, LookupRow, LookupScope, lookupCalls, MatchReason } from '../../../../shared/contract/lookup.ts'
import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'
import type { Status } from '../../ui/StatusTag.vue'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

export const searchReasons: Reasons<ErrorOf<(typeof lookupCalls)['search']>> = { ...commonReasons, stale_cursor: 'lookup.error.staleCursor' }

export const scopeKeys: Readonly<Record<LookupScope, MessageKey>> = {
  all: 'lookup.scope.all',
  customers: 'lookup.scope.customers',
  supplies: 'lookup.scope.supplies',
  invoices: 'lookup.scope.invoices',
  tickets: 'lookup.scope.tickets',
}

/** In the order they are shown. */
export const scopes = Object.keys(scopeKeys) as LookupScope[]

export const reasonKeys: Readonly<Record<MatchReason, MessageKey>> = {
  customer_code: 'lookup.reason.customerCode',
  tax_code: 'lookup.reason.taxCode',
  vat_number: 'lookup.reason.vatNumber',
  pod: 'lookup.reason.pod',
  pdr: 'lookup.reason.pdr',
  meter_serial: 'lookup.reason.meterSerial',
  service_code: 'lookup.reason.serviceCode',
  phone: 'lookup.reason.phone',
  email: 'lookup.reason.email',
  invoice_number: 'lookup.reason.invoiceNumber',
  ticket_code: 'lookup.reason.ticketCode',
  name: 'lookup.reason.name',
  surname: 'lookup.reason.surname',
  first_name: 'lookup.reason.firstName',
  company: 'lookup.reason.company',
  other_name: 'lookup.reason.otherName',
  address: 'lookup.reason.address',
  town: 'lookup.reason.town',
  typo: 'lookup.reason.typo',
}

/** Why a row is here, in words; a company has a company name, not a first name and a surname. */
export function whyWords(t: Translate, row: LookupRow): string {
  const words = row.reasons.map((reason) => t(reason === 'name' && row.kind === 'company' ? 'lookup.reason.company' : reasonKeys[reason]))
  return words.join(', ')
}

export type AlertLook = { readonly status: Status; readonly icon: string; readonly words: string }

/** How an alert is shown; red and amber are for what must be acted on only. */
export function alertLook(alert: LookupAlert, t: Translate, format: Format): AlertLook {
  switch (alert.kind) {
    case 'complaint_open':
      return { status: 'attention', icon: mdiScaleBalance, words: t('lookup.alert.complaint', { day: format.date(alert.receivedDay).slice(0, 5) }) }
    case 'overdue':
      return { status: 'breach', icon: mdiCurrencyEur, words: t('lookup.alert.overdue', { amount: format.cents(alert.cents) }) }
    case 'vulnerable':
      return { status: 'paused', icon: mdiHeartPulse, words: t('lookup.alert.vulnerable') }
    case 'closed':
      return { status: 'neutral', icon: mdiCloseCircleOutline, words: alert.year === null ? t('lookup.alert.closed') : t('lookup.alert.closedIn', { year: String(alert.year) }) }
  }
}
