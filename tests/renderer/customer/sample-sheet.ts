import type { CustomerSheet, ReadingView, SupplyView } from '../../../shared/contract/customers.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'

export const day = (text: string): CivilDay => text as CivilDay

export function sampleSupply(change: Partial<SupplyView> = {}): SupplyView {
  return {
    contractId: 'k1',
    supplyPointId: 'p1',
    commodity: 'water',
    code: 'W00001',
    serviceCode: '2200418',
    active: true,
    domestic: true,
    startDay: day('2011-03-14'),
    endDay: null,
    directDebit: false,
    billDelivery: 'paper',
    address: 'Via Prova 1, 34125 Trieste (TS)',
    powerW: null,
    useClass: null,
    resident: true,
    surfaceM2: null,
    occupants: 3,
    meters: [],
    ...change,
  }
}

const hidden = (text: string) => ({ text, masked: true })

export function sampleSheet(change: Partial<CustomerSheet> = {}): CustomerSheet {
  return {
    customerId: 'c1',
    kind: 'person',
    name: 'Prova Anna',
    code: '005007',
    brandId: 'b',
    brandName: 'Marchio',
    portal: 'S4',
    domestic: true,
    sinceDay: null,
    possibleChecks: ['tax_code_end', 'birth_day', 'customer_code'],
    verification: null,
    taxCode: hidden('PRV••••••••'),
    vatNumber: null,
    birthDay: hidden('1980, ••••••'),
    phone: null,
    mobile: null,
    email: null,
    address: null,
    alerts: [],
    supplies: [sampleSupply()],
    counts: { invoices: 3, readings: 4, tickets: 0, links: 0 },
    ...change,
  }
}

export function sampleReading(onDay: string, value: number, consumption: number | null, change: Partial<ReadingView> = {}): ReadingView {
  return { meterId: 'm1', serial: '18-1', entry: 'b', day: day(onDay), value, value2: null, value3: null, correctorValue: null, consumption, source: 'company', state: 'acquired', enteredBy: null, enteredAt: null, receipt: null, ...change }
}
