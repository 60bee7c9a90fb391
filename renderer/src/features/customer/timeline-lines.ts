import { mdiCounter, mdiFileDocumentOutline, mdiLinkVariant, mdiLinkVariantOff, mdiPowerPlugOffOutline, mdiPowerPlugOutline, mdiScaleBalance } from '@mdi/js'
import type { ReceiptState, SupplyView, TimelineItem } from '../../../../shared/contract/customers.ts'
import { formatMilli } from '../../../../shared/domain/quantity.ts'
import { assertNever } from '../../../../shared/domain/result.ts'
import type { Commodity } from '../../../../shared/domain/records/master.ts'
import { ticketEventKinds } from '../../../../shared/domain/records/tickets.ts'
import type { Language } from '../../../../shared/locales/index.ts'
import type { Format } from '../../ui/format.ts'
import type { Translate } from '../../ui/i18n.ts'
import { unitKeys } from './supplies.ts'

/** One line of the timeline as it is shown. */
export type TimelineLine = {
  /** Tells lines apart, also equal ones, and stays the same when the list is read again. */
  readonly key: string
  readonly at: string
  readonly icon: string
  readonly text: string
  readonly actor: string | null
  /** A word on the state, where the line has one. */
  readonly state: string | null
  readonly receipt: ReceiptState | null
  readonly supplyPointId: string | null
  readonly commodity: Commodity | null
  readonly ticketId: string | null
  /** No longer counts: a deleted reading. */
  readonly old: boolean
}

export type TimelineWords = { readonly t: Translate; readonly format: Format; readonly language: Language; readonly supplies: readonly SupplyView[] }

/** Lines for the items of the timeline, in their order. */
export function timelineLines(items: readonly TimelineItem[], words: TimelineWords): TimelineLine[] {
  const seen = new Map<string, number>()
  return items.map((item) => {
    const line = lineOf(item, words)
    const base = `${item.kind}|${item.at}|${line.supplyPointId ?? ''}|${line.ticketId ?? ''}|${line.text}`
    const copy = (seen.get(base) ?? 0) + 1
    seen.set(base, copy)
    return { ...line, key: `${base}|${copy}` }
  })
}

function lineOf(item: TimelineItem, words: TimelineWords): Omit<TimelineLine, 'key'> {
  const { t, format, language } = words
  const plain = { at: item.at, actor: null, state: null, receipt: null, supplyPointId: item.supplyPointId, commodity: null, ticketId: null, old: false }
  switch (item.kind) {
    case 'reading':
      return {
        ...plain,
        icon: mdiCounter,
        text: t('customer.timeline.reading', { value: formatMilli(item.value, language), unit: t(unitKeys[item.commodity]) }),
        state: item.state === 'acquired' ? t(`customer.readings.sourceOf.${item.source}`) : t(`customer.readings.stateOf.${item.state}`),
        receipt: item.receipt,
        commodity: item.commodity,
        old: item.state === 'deleted',
      }
    case 'invoice':
      return { ...plain, icon: mdiFileDocumentOutline, text: t('customer.timeline.invoice', { number: item.number, amount: format.cents(item.amountCents) }) }
    case 'ticket':
      return { ...plain, icon: mdiScaleBalance, text: t('customer.timeline.ticket', { step: stepWords(item.step, t), subject: item.subject }), actor: item.actor, receipt: item.receipt, ticketId: item.ticketId }
    case 'contract_started':
      return { ...plain, icon: mdiPowerPlugOutline, text: t('customer.timeline.contractStarted', { service: serviceWords(item, words) }), commodity: item.commodity }
    case 'contract_ended':
      return { ...plain, icon: mdiPowerPlugOffOutline, text: t('customer.timeline.contractEnded', { service: serviceWords(item, words) }), commodity: item.commodity }
    case 'linked':
      return { ...plain, icon: mdiLinkVariant, text: t('customer.timeline.linked', { service: serviceWords(item, words) }), actor: item.actor, receipt: item.receipt, commodity: item.commodity }
    case 'unlinked':
      return { ...plain, icon: mdiLinkVariantOff, text: t('customer.timeline.unlinked', { service: serviceWords(item, words) }), actor: item.actor, receipt: item.receipt, commodity: item.commodity }
    default:
      return assertNever(item)
  }
}

function stepWords(step: string, t: Translate): string {
  const known = ticketEventKinds.find((kind) => kind === step)
  return known === undefined ? step : t(`customer.timeline.step.${known}`)
}

/** "Acqua 2200418"; only the commodity for a service of another holder. */
function serviceWords(item: { readonly supplyPointId: string; readonly commodity: Commodity }, { t, supplies }: TimelineWords): string {
  const supply = supplies.find((one) => one.supplyPointId === item.supplyPointId)
  const name = t(`ui.commodity.${item.commodity}`)
  return supply === undefined ? name : `${name} ${supply.serviceCode}`
}
