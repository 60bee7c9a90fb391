/** Master data: what the billing system owns and the desk shows. Shapes are stored by `shared/model/master.ts`. */
import type { CivilDay } from '../civil-day.ts'
import type { AddressId, BrandId, ContractId, CustomerId, MeterId, SupplyPointId } from '../ids.ts'

export const commodities = ['electricity', 'gas', 'water', 'waste'] as const
export type Commodity = (typeof commodities)[number]

export const portals = ['S0', 'S2', 'S3', 'S4'] as const
/** Which guide's portal rules a brand follows (S0 stands for S0 and S1, the same guide). */
export type Portal = (typeof portals)[number]

export type BrandRow = { id: BrandId; name: string; portal: Portal }

export type AddressRow = {
  id: AddressId
  street: string
  houseNumber: string | null
  postalCode: string | null
  town: string
  province: string | null
  /** Belfiore code of the comune. */
  townCode: string | null
}

export type CustomerRow = {
  /** Local row number, different on every desk; used by the lookup index only. */
  n: number
  id: CustomerId
  brandId: BrandId
  code: string
  kind: 'person' | 'company'
  lastName: string | null
  firstName: string | null
  companyName: string | null
  taxCode: string | null
  vatNumber: string | null
  birthDay: CivilDay | null
  sex: 'M' | 'F' | null
  phone: string | null
  mobile: string | null
  email: string | null
  emailState: 'ok' | 'unreachable' | null
  vulnerable: boolean
  sinceDay: CivilDay | null
  addressId: AddressId | null
  updatedAt: string
}

export type SupplyPointRow = {
  id: SupplyPointId
  brandId: BrandId
  commodity: Commodity
  /** POD, PDR, or the company's own code of the point. */
  code: string
  addressId: AddressId | null
  powerW: number | null
  useClass: string | null
  resident: boolean | null
  surfaceM2: number | null
  occupants: number | null
}

export type ContractRow = {
  id: ContractId
  brandId: BrandId
  serviceCode: string
  customerId: CustomerId
  supplyPointId: SupplyPointId
  domestic: boolean
  startDay: CivilDay
  endDay: CivilDay | null
  state: 'active' | 'closed'
  directDebit: boolean
  billDelivery: 'paper' | 'email'
}

export const meterKinds = ['direct', 'dials', 'bands'] as const
export type MeterKind = (typeof meterKinds)[number]

export type MeterRow = {
  id: MeterId
  supplyPointId: SupplyPointId
  serial: string
  kind: MeterKind
  /** Black digits: what the customer reads. */
  digits: number
  /** Red digits: shown by the meter, not read. */
  decimals: number
  corrector: boolean
  correctorSerial: string | null
  correctorDigits: number | null
  installedDay: CivilDay | null
  removedDay: CivilDay | null
}
