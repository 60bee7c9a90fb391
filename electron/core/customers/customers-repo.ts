import { Between, In, MoreThanOrEqual } from 'typeorm'
import type { EntityManager, FindOptionsWhere } from 'typeorm'
import type { AddressId, CustomerId, MeterId, SupplyPointId } from '../../../shared/domain/ids.ts'
import type { AddressRow, ContractRow, CustomerRow, MeterRow, SupplyPointRow } from '../../../shared/domain/records/master.ts'
import type { ReadingRow } from '../../../shared/domain/records/readings.ts'
import { models } from '../../../shared/model/models.ts'

/** A customer's services as contracts lead to them, newest first, active before closed. */
export type Service = { readonly contract: ContractRow; readonly point: SupplyPointRow; readonly address: AddressRow | null; readonly meters: readonly MeterRow[] }

export function findCustomer(db: EntityManager, id: string): Promise<CustomerRow | null> {
  return db.getRepository(models.customer).findOneBy({ id: id as CustomerId })
}

export async function findServices(db: EntityManager, customerId: CustomerId): Promise<Service[]> {
  const contracts = await db.getRepository(models.contract).find({ where: { customerId }, order: { state: 'ASC', startDay: 'DESC' } })
  const pointIds = contracts.map((contract) => contract.supplyPointId)
  const points = byId(await db.getRepository(models.supplyPoint).findBy({ id: In(pointIds) }))
  const addresses = await findAddresses(db, [...points.values()].map((point) => point.addressId))
  const meters = await db.getRepository(models.meter).find({ where: { supplyPointId: In(pointIds) }, order: { installedDay: 'DESC' } })
  return contracts.flatMap((contract) => {
    const point = points.get(contract.supplyPointId)
    if (!point) return []
    return [{ contract, point, address: point.addressId === null ? null : (addresses.get(point.addressId) ?? null), meters: meters.filter((meter) => meter.supplyPointId === point.id) }]
  })
}

export async function findAddresses(db: EntityManager, ids: readonly (AddressId | null)[]): Promise<Map<AddressId, AddressRow>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  return wanted.length === 0 ? new Map() : byId(await db.getRepository(models.address).findBy({ id: In(wanted) }))
}

/** Meters that a page of the sheet covers: of one supply point, or of all of them. */
export function metersOf(services: readonly Service[], supplyPointId: string | null): MeterRow[] {
  const seen = new Map<MeterId, MeterRow>()
  for (const service of services) {
    if (supplyPointId !== null && service.point.id !== (supplyPointId as SupplyPointId)) continue
    for (const meter of service.meters) seen.set(meter.id, meter)
  }
  return [...seen.values()]
}

function byId<Id extends string, T extends { id: Id }>(rows: readonly T[]): Map<Id, T> {
  return new Map(rows.map((row) => [row.id, row]))
}

/** Which readings are a customer's: of these meters, from the start of the contract to its end. What came before or after is somebody else's. */
export function ownReadings(services: readonly Service[], supplyPointId: string | null): FindOptionsWhere<ReadingRow>[] {
  return services
    .filter(({ point, meters }) => meters.length > 0 && (supplyPointId === null || point.id === (supplyPointId as SupplyPointId)))
    .map(({ contract, meters }) => ({
      meterId: In(meters.map((meter) => meter.id)),
      day: contract.endDay === null ? MoreThanOrEqual(contract.startDay) : Between(contract.startDay, contract.endDay),
    }))
}
