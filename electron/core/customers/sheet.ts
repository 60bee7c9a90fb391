import { In } from 'typeorm'
import type { CustomerAlert, CustomerSheet, MeterView, SupplyView } from '../../../shared/contract/customers.ts'
import { possibleChecks } from '../../../shared/domain/caller-check.ts'
import type { CallerCheck } from '../../../shared/domain/caller-check.ts'
import { formatCivilDay, romeDay } from '../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import { addressLine, displayName } from '../../../shared/domain/customer-name.ts'
import { formatPhone } from '../../../shared/domain/phone.ts'
import type { CustomerRow, MeterRow } from '../../../shared/domain/records/master.ts'
import { models } from '../../../shared/model/models.ts'
import type { SignedCall } from '../context.ts'
import { isHeld } from '../sync/held-back.ts'
import { findAddresses, findCustomer, findServices, ownReadings } from './customers-repo.ts'
import type { Service } from './customers-repo.ts'
import { callerFacts } from './caller-facts.ts'
import { personal } from './mask.ts'

/** The sheet of one customer, masked unless this session has verified the caller. */
export async function buildSheet(call: SignedCall, customer: CustomerRow): Promise<CustomerSheet> {
  const db = call.store.reader
  const services = await findServices(db, customer.id)
  const brand = await db.getRepository(models.brand).findOneBy({ id: customer.brandId })
  const addresses = await findAddresses(db, [customer.addressId])
  const address = customer.addressId === null ? undefined : addresses.get(customer.addressId)
  const verification = call.session.verified.get(customer.id)
  const shown = verification !== undefined
  const active = services.filter((service) => service.contract.state === 'active')
  return {
    customerId: customer.id,
    kind: customer.kind,
    name: displayName(customer),
    code: customer.code,
    brandId: customer.brandId,
    brandName: brand?.name ?? customer.brandId,
    portal: brand?.portal ?? '',
    domestic: services.length === 0 ? null : (active.length > 0 ? active : services).some((service) => service.contract.domestic),
    sinceDay: customer.sinceDay,
    possibleChecks: possibleChecks(await callerFacts(call.store, customer, services)),
    verification: verification ? { checks: verification.checks as CallerCheck[], at: verification.at } : null,
    taxCode: personal(customer.taxCode, 'code', shown),
    vatNumber: personal(customer.vatNumber, 'code', shown),
    birthDay: personal(customer.birthDay === null ? null : shown ? formatCivilDay(customer.birthDay) : customer.birthDay, 'day', shown),
    phone: personal(spoken(customer.phone), 'phone', shown),
    mobile: personal(spoken(customer.mobile), 'phone', shown),
    email: personal(customer.email, 'email', shown),
    address: personal(address ? addressLine(address) : null, 'address', shown),
    alerts: await alertsOf(call, customer, services),
    supplies: services.map(supplyView),
    counts: await countsOf(call, customer, services),
  }
}

/** A telephone as it is read aloud; one that cannot be dialled stays as it was written. */
function spoken(phone: string | null): string | null {
  return phone === null ? null : formatPhone(phone)
}

async function alertsOf(call: SignedCall, customer: CustomerRow, services: readonly Service[]): Promise<CustomerAlert[]> {
  const today = romeDay(call.clock.now())
  const complaint = await call.store.reader.getRepository(models.ticket).findOne({
    where: { customerId: customer.id, type: 'complaint', state: In(['new', 'in_charge', 'waiting']) },
    order: { receivedDay: 'ASC' },
  })
  const debt = call.store.rawReader
    .prepare('SELECT coalesce(sum(amount_cents - paid_cents), 0) AS cents, min(due_day) AS since FROM invoice WHERE customer_id = ? AND amount_cents > paid_cents AND due_day < ?')
    .get(customer.id, today) as { cents: number; since: CivilDay | null }
  const conflicts = await call.store.reader.getRepository(models.fieldConflict).countBy({ customerId: customer.id, state: 'open' })
  const closed = services.length > 0 && services.every((service) => service.contract.state === 'closed')
  return [
    ...(complaint ? [{ kind: 'complaint_open', ticketId: complaint.id, receivedDay: complaint.receivedDay } as const] : []),
    ...(debt.cents > 0 && debt.since !== null ? [{ kind: 'overdue', cents: debt.cents, sinceDay: debt.since } as const] : []),
    ...(customer.vulnerable ? [{ kind: 'vulnerable' } as const] : []),
    ...(customer.emailState === 'unreachable' ? [{ kind: 'email_unreachable' } as const] : []),
    ...(conflicts > 0 ? [{ kind: 'data_conflict', open: conflicts } as const] : []),
    ...(closed ? [{ kind: 'all_closed', sinceDay: latestEnd(services) } as const] : []),
    ...(isHeld(call.store.rawReader, 'customer', customer.id) ? [{ kind: 'newer' } as const] : []),
  ]
}

function latestEnd(services: readonly Service[]): CivilDay | null {
  return services.map((service) => service.contract.endDay).filter((day) => day !== null).toSorted().at(-1) ?? null
}

async function countsOf(call: SignedCall, customer: CustomerRow, services: readonly Service[]): Promise<CustomerSheet['counts']> {
  const db = call.store.reader
  const own = ownReadings(services, null)
  const profile = await db.getRepository(models.portalProfile).findOneBy({ customerId: customer.id, brandId: customer.brandId })
  return {
    invoices: await db.getRepository(models.invoice).countBy({ customerId: customer.id }),
    readings: own.length === 0 ? 0 : await db.getRepository(models.reading).countBy(own),
    tickets: await db.getRepository(models.ticket).countBy({ customerId: customer.id }),
    links: profile ? await db.getRepository(models.contractLink).countBy({ profileId: profile.id, state: 'linked' }) : 0,
  }
}

function supplyView({ contract, point, address, meters }: Service): SupplyView {
  return {
    contractId: contract.id,
    supplyPointId: point.id,
    commodity: point.commodity,
    code: point.code,
    serviceCode: contract.serviceCode,
    active: contract.state === 'active',
    domestic: contract.domestic,
    startDay: contract.startDay,
    endDay: contract.endDay,
    directDebit: contract.directDebit,
    billDelivery: contract.billDelivery,
    address: address ? addressLine(address) : null,
    powerW: point.powerW,
    useClass: point.useClass,
    resident: point.resident,
    surfaceM2: point.surfaceM2,
    occupants: point.occupants,
    meters: meters.map(meterView),
  }
}

/** The sheet of a customer that has just been changed. */
export async function sheetNow(call: SignedCall, { id }: CustomerRow): Promise<CustomerSheet> {
  const now = await findCustomer(call.store.reader, id)
  if (!now) throw new Error('a customer just changed is not there')
  return buildSheet(call, now)
}

export function meterView(meter: MeterRow): MeterView {
  const { serial, kind, digits, decimals, corrector, correctorSerial, correctorDigits, installedDay, removedDay } = meter
  return { meterId: meter.id, serial, kind, digits, decimals, corrector, correctorSerial, correctorDigits, installedDay, removedDay }
}

