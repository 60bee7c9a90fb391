import { commodities } from '../../../shared/domain/records/master.ts'
import { documentAddresses } from './search-document.ts'
import type { LookupAddress, LookupDocument } from './search-document.ts'

type StoredAddress = readonly [street: string, houseNumber: string | 0, postalCode: string | 0, town: string, province: string | 0]
type StoredSupply = readonly [
  commodity: number, code: string, serviceCode: string, active: 0 | 1, endDay: string | 0, address: number, serials: readonly string[],
]
/** Positional, because a million of them are stored and twenty are read per keystroke. */
type Stored = readonly [
  id: string, brandId: string, code: string, company: 0 | 1, lastName: string | 0, firstName: string | 0, companyName: string | 0,
  birthYear: number, sinceDay: string | 0, taxCode: string | 0, vatNumber: string | 0, phones: readonly string[], email: string | 0,
  flags: number, mainAddress: number, addresses: readonly StoredAddress[], supplies: readonly StoredSupply[],
]

const VULNERABLE = 1
const EMAIL_UNREACHABLE = 2

/** Text of `search_doc.doc`. */
export function encodeDocument(doc: LookupDocument): string {
  const addresses = documentAddresses(doc)
  const indexOf = (address: LookupAddress | null): number => address === null ? -1 : addresses.findIndex(other =>
    other === address || (other.street === address.street && other.houseNumber === address.houseNumber
      && other.town === address.town && other.postalCode === address.postalCode))
  const stored: Stored = [
    doc.id, doc.brandId, doc.code, doc.kind === 'company' ? 1 : 0, doc.lastName ?? 0, doc.firstName ?? 0, doc.companyName ?? 0,
    doc.birthYear ?? 0, doc.sinceDay ?? 0, doc.taxCode ?? 0, doc.vatNumber ?? 0, doc.phones, doc.email ?? 0,
    (doc.vulnerable ? VULNERABLE : 0) | (doc.emailUnreachable ? EMAIL_UNREACHABLE : 0), doc.address ? 0 : -1,
    addresses.map(a => [a.street, a.houseNumber ?? 0, a.postalCode ?? 0, a.town, a.province ?? 0] as const),
    doc.supplies.map(s => [
      commodities.indexOf(s.commodity), s.code, s.serviceCode, s.active ? 1 : 0, s.endDay ?? 0, indexOf(s.address), s.serials,
    ] as const),
  ]
  return JSON.stringify(stored)
}

/** The document stored under customer `n`. The text is ours: it is not validated again. */
export function decodeDocument(n: number, text: string): LookupDocument {
  const s = JSON.parse(text) as Stored
  const addresses: LookupAddress[] = s[15].map(a => ({
    street: a[0], houseNumber: a[1] || null, postalCode: a[2] || null, town: a[3], province: a[4] || null,
  }))
  return {
    n,
    id: s[0],
    brandId: s[1],
    code: s[2],
    kind: s[3] === 1 ? 'company' : 'person',
    lastName: s[4] || null,
    firstName: s[5] || null,
    companyName: s[6] || null,
    birthYear: s[7] || null,
    sinceDay: s[8] || null,
    taxCode: s[9] || null,
    vatNumber: s[10] || null,
    phones: s[11],
    email: s[12] || null,
    vulnerable: (s[13] & VULNERABLE) !== 0,
    emailUnreachable: (s[13] & EMAIL_UNREACHABLE) !== 0,
    address: addresses[s[14]] ?? null,
    supplies: s[16].map(p => ({
      commodity: commodities[p[0]] ?? 'electricity', code: p[1], serviceCode: p[2], active: p[3] === 1, endDay: p[4] || null,
      address: addresses[p[5]] ?? null, serials: p[6],
    })),
  }
}
