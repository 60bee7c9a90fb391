import { faker } from '@faker-js/faker/locale/it'
import type { LookupAddress, LookupDocument, LookupSupply } from '../../../electron/core/search/search-document.ts'

/** Everything a customer consists of follows from its number and the seed, the same on every machine. */
export type BenchCustomer = {
  readonly first: string
  readonly last: string
  readonly company: boolean
  readonly name: string
  readonly code: string
  readonly tax: string
  readonly phone: string
  readonly email: string
  readonly pod: string
  readonly pdr: string
  readonly address: string
  readonly city: string
  readonly document: LookupDocument
}

function flat(value: unknown): string[] {
  const lists = Array.isArray(value) ? [value] : typeof value === 'object' && value !== null ? Object.values(value) : []
  const words = lists.flat().filter(word => typeof word === 'string')
  return [...new Set(words)]
}

const firstNames = flat(faker.definitions.person.first_name)
const lastNames = flat(faker.definitions.person.last_name)
const cities = flat(faker.definitions.location.city_name)
const streets = [
  'Via Roma', 'Via Garibaldi', 'Via dei Poggi', 'Corso Italia', 'Via Mazzini', 'Piazza Dante', 'Viale Europa', 'Via Verdi', 'Via Cavour',
  'Via Matteotti', 'Via Marconi', 'Via Dante Alighieri', 'Via della Repubblica', 'Via San Francesco', 'Via Trento', 'Via Trieste',
  'Via Leopardi', 'Via Manzoni', 'Strada Provinciale', 'Via Fontana',
]

/** 32 bits that depend on nothing but row, field and seed. */
function mixed(row: number, field: number, seed: number): number {
  let x = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(field + 1, 40503) ^ Math.imul(seed, 0x27d4eb2f)
  x = Math.imul(x ^ (x >>> 15), 0x85ebca77)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae3d)
  return (x ^ (x >>> 16)) >>> 0
}

/** An index below `size` on a logarithmic scale: a few names are very common, most are rare. */
function common(size: number, bits: number): number {
  return Math.min(size - 1, Math.floor(size ** (bits / 2 ** 32) - 1))
}

function digits(bits: number, width: number): string {
  return String(bits % 10 ** width).padStart(width, '0')
}

export function customerAt(i: number, seed = 0): BenchCustomer {
  const at = (field: number): number => mixed(i, field, seed)
  const one = (list: readonly string[], field: number): string => list[at(field) % list.length] ?? ''
  const letter = (letters: string, field: number): string => letters.charAt(at(field) % letters.length)
  const first = firstNames[common(firstNames.length, at(1))] ?? ''
  const last = lastNames[common(lastNames.length, at(2))] ?? ''
  const company = at(3) % 12 === 0
  const three = (name: string): string => `${name}XXX`.slice(0, 3).toUpperCase()
  const person16 = three(last) + three(first) + digits(at(5), 2) + letter('ABCDEHLMPRST', 6) + String(1 + at(7) % 28).padStart(2, '0')
    + letter('ABCDEFGHIL', 8) + digits(at(9), 3) + letter('ABCDEFGHIJ', 10)
  const tax = company ? String(at(4)).padStart(11, '0') : person16
  const code = String(i).padStart(7, '0')
  const phone = `3${digits(at(11), 9)}`
  const email = `${first}.${last}${i % 97}@example.it`.toLowerCase().replace(/[^a-z0-9.@]/g, '')
  const pod = `IT${digits(at(12), 3)}E${digits(at(13), 8)}`
  const pdr = digits(at(14), 9).padStart(14, '0')
  const street = one(streets, 15)
  const houseNumber = String(1 + at(16) % 200)
  const city = one(cities, 17)
  const main: LookupAddress = { street, houseNumber, postalCode: digits(at(18), 5), town: city, province: null }
  // One customer in four has a second supply elsewhere.
  const other: LookupAddress = at(19) % 4 === 0
    ? { street: one(streets, 20), houseNumber: String(1 + at(21) % 200), postalCode: digits(at(22), 5), town: one(cities, 23), province: null }
    : main
  const active = at(24) % 10 !== 0
  const supply = (commodity: 'electricity' | 'gas', supplyCode: string, address: LookupAddress, field: number): LookupSupply => ({
    commodity, code: supplyCode, serviceCode: digits(at(field), 9), active, endDay: active ? null : '2024-05-31', address,
    serials: [`${letter('ABCEGLMS', field + 1)}${letter('ABCEGLMS', field + 2)}${digits(at(field + 3), 8)}`],
  })
  const name = company ? `${last.toUpperCase()} ${first.toUpperCase()} S.R.L.` : `${last} ${first}`
  const document: LookupDocument = {
    n: i + 1, id: `enercasa:${code}`, brandId: 'enercasa', code, kind: company ? 'company' : 'person',
    lastName: company ? null : last, firstName: company ? null : first, companyName: company ? name : null,
    birthYear: company ? null : 1930 + at(25) % 76, sinceDay: `20${digits(at(26), 1).padStart(2, '1')}-01-01`, taxCode: tax,
    vatNumber: company ? tax : null, phones: [phone], email, emailUnreachable: false, vulnerable: at(27) % 40 === 0, address: main,
    supplies: [supply('electricity', pod, main, 30), supply('gas', pdr, other, 40)],
  }
  return { first, last, company, name, code, tax, phone, email, pod, pdr, address: `${street} ${houseNumber}`, city, document }
}

/** Texts an agent types, by kind of figure. */
export type BenchQueries = { readonly ranked: string[]; readonly exact: string[]; readonly typo: string[] }

/** A name with one slip of the hand in it. */
function slip(word: string, bits: number): string {
  const at = 1 + bits % Math.max(1, word.length - 2)
  const a = word.charAt(at)
  const b = word.charAt(at + 1)
  switch ((bits >>> 8) % 3) {
    case 0: return word.slice(0, at) + b + a + word.slice(at + 2)
    case 1: return word.slice(0, at) + word.slice(at + 1)
    default: return `${word.slice(0, at)}${String.fromCharCode(97 + (bits >>> 12) % 26)}${word.slice(at + 1)}`
  }
}

/**
 * Names in both orders and half typed, tax codes, telephones and PODs half and whole, name with town, as the peers were asked; whole
 * codes once more by themselves; and the names again with one slip.
 */
export function benchQueries(customers: number, rounds: number, seed = 0): BenchQueries {
  const found: BenchQueries = { ranked: [], exact: [], typo: [] }
  for (let round = 0; round < rounds; round++) {
    const c = customerAt(mixed(round, 99, seed + 1) % customers, seed)
    const [last = '', first = ''] = c.name.split(' ')
    switch (round % 6) {
      case 0: found.ranked.push(last.slice(0, 3), `${last} ${first.slice(0, 2)}`); break
      case 1: found.ranked.push(`${first || last} ${last.slice(0, 4)}`); break
      case 2: found.ranked.push(c.tax.slice(0, 9), c.tax); break
      case 3: found.ranked.push(c.phone.slice(0, 7), c.phone); break
      case 4: found.ranked.push(c.pod.slice(0, 10), c.pod); break
      default: found.ranked.push(`${last} ${c.city.slice(0, 4)}`)
    }
    const supply = c.document.supplies[round % 2]
    const whole = [c.tax, c.phone, c.pod, c.pdr, c.code, c.email, supply?.serviceCode ?? '', supply?.serials[0] ?? '', `+39 ${c.phone.slice(0, 3)} ${c.phone.slice(3)}`]
    found.exact.push(whole[round % whole.length] ?? '')
    if (c.last.length >= 4) found.typo.push(round % 2 === 0 ? slip(c.last, mixed(round, 98, seed)) : `${slip(c.last, mixed(round, 98, seed))} ${c.first}`)
  }
  return found
}
