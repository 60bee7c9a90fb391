import type { ExtractKind, ExtractRecords } from './extract-format.ts'

type ColumnsOf<R> = { readonly [P in keyof R & string]: string }

/** How the records of an extract lie in their table. Written by hand because the models bring all of TypeORM into the worker; a test compares. */
export type LoadTable<R> = {
  readonly table: string
  /** Column by property, the key among them. */
  readonly columns: ColumnsOf<R>
  readonly keys: readonly (keyof R & string)[]
  /** SQL condition under which the stored row is the desk's and stays as it is. */
  readonly deskStands: string | null
  /** Rows are never changed once stored. */
  readonly appendOnly: boolean
  /** Column that takes the instant of the run when a row is new or changes. */
  readonly touched: string | null
}

const plain = { deskStands: null, appendOnly: false, touched: null } as const

/** A step was added here: its id is an operation's, not `ticket:seq` as the former system's. */
const workedOnHere = `(ticket.origin <> 'former' OR EXISTS (
  SELECT 1 FROM ticket_event e WHERE e.ticket_id = ticket.id AND e.id <> e.ticket_id || ':' || e.seq))`

export const loadTables: { readonly [K in ExtractKind]: LoadTable<ExtractRecords[K]> } = {
  addresses: {
    ...plain,
    table: 'address',
    keys: ['id'],
    columns: {
      id: 'id', street: 'street', houseNumber: 'house_number', postalCode: 'postal_code', town: 'town', province: 'province', townCode: 'town_code',
    },
  },
  customers: {
    ...plain,
    table: 'customer',
    keys: ['id'],
    touched: 'updated_at',
    columns: {
      id: 'id', brandId: 'brand_id', code: 'code', kind: 'kind', lastName: 'last_name', firstName: 'first_name', companyName: 'company_name',
      taxCode: 'tax_code', vatNumber: 'vat_number', birthDay: 'birth_day', sex: 'sex', phone: 'phone', mobile: 'mobile', email: 'email',
      emailState: 'email_state', vulnerable: 'vulnerable', sinceDay: 'since_day', addressId: 'address_id',
    },
  },
  supply_points: {
    ...plain,
    table: 'supply_point',
    keys: ['id'],
    columns: {
      id: 'id', brandId: 'brand_id', commodity: 'commodity', code: 'code', addressId: 'address_id', powerW: 'power_w', useClass: 'use_class',
      resident: 'resident', surfaceM2: 'surface_m2', occupants: 'occupants',
    },
  },
  contracts: {
    ...plain,
    table: 'contract',
    keys: ['id'],
    columns: {
      id: 'id', brandId: 'brand_id', serviceCode: 'service_code', customerId: 'customer_id', supplyPointId: 'supply_point_id', domestic: 'domestic',
      startDay: 'start_day', endDay: 'end_day', state: 'state', directDebit: 'direct_debit', billDelivery: 'bill_delivery',
    },
  },
  meters: {
    ...plain,
    table: 'meter',
    keys: ['id'],
    columns: {
      id: 'id', supplyPointId: 'supply_point_id', serial: 'serial', kind: 'kind', digits: 'digits', decimals: 'decimals', corrector: 'corrector',
      correctorSerial: 'corrector_serial', correctorDigits: 'corrector_digits', installedDay: 'installed_day', removedDay: 'removed_day',
    },
  },
  readings: {
    ...plain,
    table: 'reading',
    keys: ['meterId', 'day', 'entry'],
    columns: {
      meterId: 'meter_id', day: 'day', entry: 'entry', source: 'source', state: 'state', value: 'value', value2: 'value_2', value3: 'value_3',
      correctorValue: 'corrector_value', takenAt: 'taken_at', enteredBy: 'entered_by', enteredAt: 'entered_at', reason: 'reason',
    },
  },
  invoices: {
    ...plain,
    table: 'invoice',
    keys: ['id'],
    columns: {
      id: 'id', contractId: 'contract_id', customerId: 'customer_id', number: 'number', issueDay: 'issue_day', dueDay: 'due_day',
      periodFrom: 'period_from', periodTo: 'period_to', amountCents: 'amount_cents', paidCents: 'paid_cents', consumptionMilli: 'consumption_milli',
      estimated: 'estimated', hasPdf: 'has_pdf',
    },
  },
  tickets: {
    ...plain,
    table: 'ticket',
    keys: ['id'],
    deskStands: workedOnHere,
    columns: {
      id: 'id', code: 'code', customerId: 'customer_id', supplyPointId: 'supply_point_id', area: 'area', type: 'type', channel: 'channel',
      subject: 'subject', receivedDay: 'received_day', state: 'state', priority: 'priority', assignee: 'assignee', openedAt: 'opened_at',
      updatedAt: 'updated_at', origin: 'origin',
    },
  },
  ticket_events: {
    ...plain,
    table: 'ticket_event',
    keys: ['id'],
    appendOnly: true,
    columns: {
      id: 'id', ticketId: 'ticket_id', at: 'at', actor: 'actor', desk: 'desk', kind: 'kind', fromState: 'from_state', toState: 'to_state',
      text: 'text', seq: 'seq',
    },
  },
}

/** The column that stands for the whole key in a list of refused lines. */
export const keyColumns: { readonly [K in ExtractKind]: string } = {
  addresses: 'code',
  customers: 'code',
  supply_points: 'code',
  contracts: 'service_code',
  meters: 'serial',
  readings: 'day',
  invoices: 'number',
  tickets: 'code',
  ticket_events: 'seq',
}
