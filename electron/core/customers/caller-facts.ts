import type { CallerFacts } from '../../../shared/domain/caller-check.ts'
import type { CustomerRow } from '../../../shared/domain/records/master.ts'
import { models } from '../../../shared/model/models.ts'
import type { Store } from '../store/store.ts'
import { findServices } from './customers-repo.ts'
import type { Service } from './customers-repo.ts'

/** What a caller's answers are held against. */
export async function callerFacts(store: Store, customer: CustomerRow, services?: readonly Service[]): Promise<CallerFacts> {
  const own = services ?? (await findServices(store.reader, customer.id))
  const newest = await store.reader.getRepository(models.invoice).findOne({ where: { customerId: customer.id }, order: { issueDay: 'DESC' } })
  return {
    customer,
    addresses: own.flatMap(({ address }) => (address ? [address] : [])),
    lastInvoiceCents: newest?.amountCents ?? null,
    pointCodes: own.filter(({ point }) => point.commodity === 'electricity' || point.commodity === 'gas').map(({ point }) => point.code),
  }
}
