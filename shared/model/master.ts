import { EntitySchema } from 'typeorm'
import type { AddressRow, BrandRow, ContractRow, CustomerRow, MeterRow, SupplyPointRow } from '../domain/records/master.ts'
import { flag, integer, key, optionalFlag, optionalInteger, optionalText, text } from './columns.ts'

export const brandModel = new EntitySchema<BrandRow>({
  name: 'brand',
  tableName: 'brand',
  columns: { id: key('id'), name: text('name'), portal: text('portal') },
})

export const addressModel = new EntitySchema<AddressRow>({
  name: 'address',
  tableName: 'address',
  columns: {
    id: key('id'),
    street: text('street'),
    houseNumber: optionalText('house_number'),
    postalCode: optionalText('postal_code'),
    town: text('town'),
    province: optionalText('province'),
    townCode: optionalText('town_code'),
  },
})

export const customerModel = new EntitySchema<CustomerRow>({
  name: 'customer',
  tableName: 'customer',
  columns: {
    n: { name: 'n', type: 'integer', primary: true, generated: true },
    id: { ...text('id'), unique: true },
    brandId: text('brand_id'),
    code: text('code'),
    kind: text('kind'),
    lastName: optionalText('last_name'),
    firstName: optionalText('first_name'),
    companyName: optionalText('company_name'),
    taxCode: optionalText('tax_code'),
    vatNumber: optionalText('vat_number'),
    birthDay: optionalText('birth_day'),
    sex: optionalText('sex'),
    phone: optionalText('phone'),
    mobile: optionalText('mobile'),
    email: optionalText('email'),
    emailState: optionalText('email_state'),
    vulnerable: flag('vulnerable'),
    sinceDay: optionalText('since_day'),
    addressId: optionalText('address_id'),
    updatedAt: text('updated_at'),
  },
})

export const supplyPointModel = new EntitySchema<SupplyPointRow>({
  name: 'supplyPoint',
  tableName: 'supply_point',
  columns: {
    id: key('id'),
    brandId: text('brand_id'),
    commodity: text('commodity'),
    code: text('code'),
    addressId: optionalText('address_id'),
    powerW: optionalInteger('power_w'),
    useClass: optionalText('use_class'),
    resident: optionalFlag('resident'),
    surfaceM2: optionalInteger('surface_m2'),
    occupants: optionalInteger('occupants'),
  },
})

export const contractModel = new EntitySchema<ContractRow>({
  name: 'contract',
  tableName: 'contract',
  columns: {
    id: key('id'),
    brandId: text('brand_id'),
    serviceCode: text('service_code'),
    customerId: text('customer_id'),
    supplyPointId: text('supply_point_id'),
    domestic: flag('domestic'),
    startDay: text('start_day'),
    endDay: optionalText('end_day'),
    state: text('state'),
    directDebit: flag('direct_debit'),
    billDelivery: text('bill_delivery'),
  },
})

export const meterModel = new EntitySchema<MeterRow>({
  name: 'meter',
  tableName: 'meter',
  columns: {
    id: key('id'),
    supplyPointId: text('supply_point_id'),
    serial: text('serial'),
    kind: text('kind'),
    digits: integer('digits'),
    decimals: integer('decimals'),
    corrector: flag('corrector'),
    correctorSerial: optionalText('corrector_serial'),
    correctorDigits: optionalInteger('corrector_digits'),
    installedDay: optionalText('installed_day'),
    removedDay: optionalText('removed_day'),
  },
})
