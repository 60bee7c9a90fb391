import type { Commodity, MeterKind } from '../../shared/domain/records/master.ts'
import type { BrandWord } from './brand-rows.ts'
import type { Payer, TicketPlan } from './plan.ts'

/** A supply that documents and tests may rely on. */
export type KnownSupply = {
  commodity: Commodity
  /** POD, PDR or own code. */
  code: string
  serviceCode: string
  state: 'active' | 'closed'
  domestic: boolean
  /** Use in a year: kWh or m³. */
  annual: number
  /** Years of readings and bills. */
  years: number
  meter: null | {
    serial: string
    kind: MeterKind
    digits: number
    decimals: number
    startValue: number
    corrector: null | { serial: string; digits: number }
    /** The meter before, exchanged within the history. */
    formerSerial: string | null
  }
}

/** A customer that every demo has, whatever its size, seed and day. */
export type KnownCustomer = {
  brand: BrandWord
  code: string
  /** Name as lists show it: surname first, or the company's. */
  name: string
  who:
    | { kind: 'person'; lastName: string; firstName: string; taxCode: string; birthDay: string; sex: 'M' | 'F' }
    | { kind: 'company'; companyName: string; taxCode: string; vatNumber: string }
  /** As the extract writes them; '' for none. */
  phone: string
  mobile: string
  email: string
  emailState: 'ok' | 'unreachable' | ''
  address: { street: string; houseNumber: string; postalCode: string; townCode: string }
  since: string
  vulnerable: boolean
  directDebit: boolean
  /** `late`: the last due bill is unpaid; `bad`: those of the last nine months. */
  payer: Payer
  supplies: readonly KnownSupply[]
  tickets: readonly TicketPlan[]
}

type MeterSketch = Partial<NonNullable<KnownSupply['meter']>> & { serial: string }

function meter(sketch: MeterSketch): KnownSupply['meter'] {
  return { kind: 'direct', digits: 5, decimals: 3, startValue: 1200, corrector: null, formerSerial: null, ...sketch }
}

function supply(commodity: Commodity, code: string, serviceCode: string, rest: Partial<KnownSupply>): KnownSupply {
  return { commodity, code, serviceCode, state: 'active', domestic: true, annual: 0, years: 2, meter: null, ...rest }
}

const bands = { kind: 'bands', digits: 6, decimals: 0, startValue: 8000 } as const
const padova = { street: 'Via Palladio', houseNumber: '8, int. 3', postalCode: '35128', townCode: 'G224' }
const family = { phone: '049 876 5432', mobile: '', email: '', emailState: '', vulnerable: false, directDebit: false, payer: 'good', tickets: [] } as const

/** The rows every demo begins with, in order; random customers come after them. */
export const knownCustomers = {
  /** Electricity and gas, an open complaint received by PEC, bounced e-mail, an overdue bill. */
  rossiMario: {
    brand: 'clienti', code: '005007', name: 'Rossi Mario',
    who: { kind: 'person', lastName: 'Rossi', firstName: 'Mario', taxCode: 'RSSMRA80A01H501U', birthDay: '1980-01-01', sex: 'M' },
    phone: '', mobile: '338 421 9017', email: 'm.rossi80@posta.example', emailState: 'unreachable',
    address: { street: 'Via Battisti', houseNumber: '14, int. 5', postalCode: '34125', townCode: 'L424' },
    since: '2011-03-14', vulnerable: false, directDebit: false, payer: 'late',
    supplies: [
      supply('electricity', 'IT001E04182733', 'S00220418', { annual: 2650, meter: meter({ serial: 'E1804182733', ...bands }) }),
      supply('gas', '03340009112874', 'S00220419', { annual: 1040, meter: meter({ serial: 'EL30911287', startValue: 4300 }) }),
    ],
    tickets: [
      { area: 'energy', type: 'complaint', channel: 'pec', subject: 'Bolletta raddoppiata', state: 'in_charge', daysAgo: 12, priority: 'high', supply: 1 },
      { area: 'energy', type: 'information', channel: 'phone', subject: 'Come passare alla bolletta via e-mail', state: 'closed', daysAgo: 240, priority: 'normal', supply: 0 },
    ],
  },
  /** The same name with the same company: told apart by year of birth and street. */
  rossiMarioElder: {
    brand: 'clienti', code: '011842', name: 'Rossi Mario',
    who: { kind: 'person', lastName: 'Rossi', firstName: 'Mario', taxCode: 'RSSMRA57H23L424F', birthDay: '1957-06-23', sex: 'M' },
    phone: '040 372 1188', mobile: '', email: '', emailState: '',
    address: { street: 'Strada di Fiume', houseNumber: '203', postalCode: '34137', townCode: 'L424' },
    since: '1998-10-05', vulnerable: false, directDebit: true, payer: 'good',
    supplies: [supply('gas', '03340009112875', 'S00220420', { annual: 880, meter: meter({ serial: '18441276' }) })],
    tickets: [{ area: 'energy', type: 'information', channel: 'counter', subject: 'Quando comunicare l’autolettura', state: 'new', daysAgo: 2, priority: 'normal', supply: 0 }],
  },
  /** A company with a gas point that has meter and corrector (the PDR of S2), and electricity. */
  panificioFurlan: {
    brand: 'clienti', code: '002115', name: 'Panificio Furlan S.n.c.',
    who: { kind: 'company', companyName: 'Panificio Furlan S.n.c.', taxCode: '72001150316', vatNumber: '72001150316' },
    phone: '0481 772019', mobile: '', email: 'info@panificiofurlan.example', emailState: 'ok',
    address: { street: 'Via Mazzini', houseNumber: '18', postalCode: '34074', townCode: 'F356' },
    since: '2006-05-02', vulnerable: false, directDebit: false, payer: 'good',
    supplies: [
      supply('gas', '03340009749021', 'S00211501', {
        domestic: false, annual: 6200, years: 3, meter: meter({ serial: 'EL40218837', startValue: 26_000, corrector: { serial: 'VC8820146', digits: 6 } }),
      }),
      supply('electricity', 'IT001E07718204', 'S00211502', { domestic: false, annual: 21_000, meter: meter({ serial: 'E1907718204', ...bands }) }),
    ],
    tickets: [],
  },
  /** Water with a direct meter, and waste: domestic, to be linked with the tax code. */
  zanierElena: {
    brand: 'etra', code: '10001234', name: 'Zanier Elena',
    who: { kind: 'person', lastName: 'Zanier', firstName: 'Elena', taxCode: 'ZNRLNE76P54C743T', birthDay: '1976-09-14', sex: 'F' },
    phone: '', mobile: '347 550 2291', email: 'elena.zanier@mail.example', emailState: 'ok',
    address: { street: 'Borgo San Pietro', houseNumber: '41', postalCode: '35013', townCode: 'C743' },
    since: '2012-04-16', vulnerable: false, directDebit: false, payer: 'good',
    supplies: [
      supply('water', 'W00000003', '2200418-02', { annual: 168, years: 3, meter: meter({ serial: '18-204417', startValue: 640 }) }),
      supply('waste', 'R00000003', '3107725-01', { years: 3 }),
    ],
    tickets: [],
  },
  /** Water with a meter with dials. */
  cossuttaDario: {
    brand: 'etra', code: '10001235', name: 'Cossutta Dario',
    who: { kind: 'person', lastName: 'Cossutta', firstName: 'Dario', taxCode: 'CSSDRA49B03L424Y', birthDay: '1949-02-03', sex: 'M' },
    phone: '0424 522 310', mobile: '', email: '', emailState: '',
    address: { street: 'Via Monte Grappa', houseNumber: '27', postalCode: '36061', townCode: 'A703' },
    since: '2003-09-22', vulnerable: true, directDebit: true, payer: 'good',
    supplies: [supply('water', 'W00000004', '2200419-01', { annual: 74, years: 3, meter: meter({ serial: '04-117730', kind: 'dials', digits: 4, decimals: 1, startValue: 140 }) })],
    tickets: [],
  },
  /** One active service and one that is over. */
  tomasiNives: {
    brand: 'enercasa', code: '10000077', name: 'Tomasi Nives',
    who: { kind: 'person', lastName: 'Tomasi', firstName: 'Nives', taxCode: 'TMSNVS51S70E098Q', birthDay: '1951-11-30', sex: 'F' },
    phone: '0481 530 774', mobile: '349 118 0425', email: 'nives.tomasi51@casella.example', emailState: 'ok',
    address: { street: 'Via Carducci', houseNumber: '22', postalCode: '34170', townCode: 'E098' },
    since: '2009-02-02', vulnerable: false, directDebit: false, payer: 'good',
    supplies: [
      supply('electricity', 'IT001E05300774', '000500077', { annual: 1900, meter: meter({ serial: 'E1605300774', ...bands }) }),
      supply('gas', '00880005300774', '000500078', { annual: 720, state: 'closed', meter: meter({ serial: '53007741' }) }),
    ],
    tickets: [{ area: 'energy', type: 'rectification', channel: 'email', subject: 'Conguaglio su consumi stimati', state: 'waiting', daysAgo: 19, priority: 'normal', supply: 1 }],
  },
  /** Three of a family on one telephone, with two companies. */
  ferriPaola: {
    ...family, brand: 'unogas', code: '000000061', name: 'Ferri Paola', address: padova, since: '2014-06-09',
    who: { kind: 'person', lastName: 'Ferri', firstName: 'Paola', taxCode: 'FRRPLA68D48G224C', birthDay: '1968-04-08', sex: 'F' },
    supplies: [supply('gas', '15610000876543', '0000500061', { annual: 940, meter: meter({ serial: 'EL87654320' }) })],
  },
  ferriLuca: {
    ...family, brand: 'unogas', code: '000000062', name: 'Ferri Luca', address: padova, since: '2021-01-18', mobile: '392 604 7718',
    who: { kind: 'person', lastName: 'Ferri', firstName: 'Luca', taxCode: 'FRRLCU96T19G224D', birthDay: '1996-12-19', sex: 'M' },
    supplies: [supply('electricity', 'IT001E08765432', '0000500062', { annual: 2100, meter: meter({ serial: 'E2008765432', ...bands }) })],
  },
  ferriAnna: {
    ...family, brand: 'etra', code: '10001299', name: 'Ferri Anna', address: padova, since: '1999-11-11',
    who: { kind: 'person', lastName: 'Ferri', firstName: 'Anna', taxCode: 'FRRNNA41L65A703Y', birthDay: '1941-07-25', sex: 'F' },
    supplies: [supply('waste', 'R00000008', '3107726-01', { years: 3 })],
  },
  /** Water and waste, not domestic: to be linked with the VAT number, tax code left empty. */
  trattoriaAlMulino: {
    brand: 'etra', code: '10001300', name: 'Trattoria Al Mulino S.r.l.',
    who: { kind: 'company', companyName: 'Trattoria Al Mulino S.r.l.', taxCode: '72003000287', vatNumber: '72003000287' },
    phone: '049 940 2217', mobile: '333 790 1146', email: 'info@almulino.example', emailState: 'ok',
    address: { street: 'Via del Mulino', houseNumber: '3', postalCode: '35013', townCode: 'C743' },
    since: '2015-03-30', vulnerable: false, directDebit: false, payer: 'good',
    supplies: [
      supply('water', 'W00000009', '2200500-01', { domestic: false, annual: 820, years: 3, meter: meter({ serial: '15-330217', startValue: 5100 }) }),
      supply('waste', 'R00000009', '3107800-01', { domestic: false, years: 3 }),
    ],
    tickets: [],
  },
  /** Vulnerable, direct debit, five years of history, a gas meter exchanged on the way. */
  bianchiLuisa: {
    brand: 'unogas', code: '000000063', name: 'Bianchi Luisa',
    who: { kind: 'person', lastName: 'Bianchi', firstName: 'Luisa', taxCode: 'BNCLSU38C57F952J', birthDay: '1938-03-17', sex: 'F' },
    phone: '0321 620 914', mobile: '', email: '', emailState: '',
    address: { street: 'Via San Francesco', houseNumber: '5', postalCode: '28100', townCode: 'F952' },
    since: '2004-01-12', vulnerable: true, directDebit: true, payer: 'good',
    supplies: [
      supply('gas', '05900000620914', '0000500063', { annual: 1180, years: 5, meter: meter({ serial: 'EL62091463', formerSerial: '06209146', startValue: 7200 }) }),
      supply('electricity', 'IT001E06209143', '0000500064', { annual: 1450, years: 5, meter: meter({ serial: 'E1706209143', ...bands }) }),
    ],
    tickets: [],
  },
  /** In debt for several bills. */
  moroGiuseppe: {
    brand: 'enercasa', code: '10000078', name: 'Moro Giuseppe',
    who: { kind: 'person', lastName: 'Moro', firstName: 'Giuseppe', taxCode: 'MROGPP71M02L750P', birthDay: '1971-08-02', sex: 'M' },
    phone: '', mobile: '320 771 5580', email: 'giuseppe.moro71@veloce.example', emailState: 'ok',
    address: { street: 'Corso Italia', houseNumber: '112', postalCode: '13100', townCode: 'L750' },
    since: '2016-08-29', vulnerable: false, directDebit: false, payer: 'bad',
    supplies: [supply('electricity', 'IT001E07715580', '000500079', { annual: 3900, meter: meter({ serial: 'E1607715580', ...bands }) })],
    tickets: [{ area: 'energy', type: 'information', channel: 'phone', subject: 'Come chiedere la rateizzazione', state: 'answered', daysAgo: 6, priority: 'normal', supply: 0 }],
  },
  /** Apostrophe and accent in one name. */
  dAngeloNiccolo: {
    brand: 'unogas', code: '000000064', name: 'D\'Angelo Niccolò',
    who: { kind: 'person', lastName: 'D\'Angelo', firstName: 'Niccolò', taxCode: 'DNGNCL88E29E507B', birthDay: '1988-05-29', sex: 'M' },
    phone: '', mobile: '389 204 6631', email: 'niccolo.dangelo@libera.example', emailState: 'ok',
    address: { street: 'Via Leonardo da Vinci', houseNumber: '60/B', postalCode: '23900', townCode: 'E507' },
    since: '2019-12-02', vulnerable: false, directDebit: true, payer: 'good',
    supplies: [supply('gas', '01610002046631', '0000500065', { annual: 610, meter: meter({ serial: 'EL20466310' }) })],
    tickets: [],
  },
  /** Begins like Rossi Mario once the particle is left out. */
  deRossiMariangela: {
    brand: 'enercasa', code: '10000079', name: 'De Rossi Mariangela',
    who: { kind: 'person', lastName: 'De Rossi', firstName: 'Mariangela', taxCode: 'DRSMNG64R51E098J', birthDay: '1964-10-11', sex: 'F' },
    phone: '', mobile: '340 917 2205', email: '', emailState: '',
    address: { street: 'Via Oberdan', houseNumber: '9', postalCode: '34170', townCode: 'E098' },
    since: '2010-05-17', vulnerable: false, directDebit: false, payer: 'good',
    supplies: [supply('electricity', 'IT001E09172205', '000500080', { annual: 2300, meter: meter({ serial: 'E1509172205', ...bands }) })],
    tickets: [],
  },
} as const satisfies Readonly<Record<string, KnownCustomer>>

export type KnownCustomerKey = keyof typeof knownCustomers
