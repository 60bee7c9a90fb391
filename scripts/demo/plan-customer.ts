import { brandOfRow, brandProfiles } from './brand-rows.ts'
import { pickCompany } from './company.ts'
import type { CompanyIdentity } from './company.ts'
import { pickContacts } from './contacts.ts'
import type { Contacts } from './contacts.ts'
import { pickPerson } from './identity.ts'
import type { PersonIdentity } from './identity.ts'
import { knownPlan, knownRows } from './known-plans.ts'
import type { CustomerPlan, Payer } from './plan.ts'
import { pickPlace } from './places.ts'
import type { Place } from './places.ts'
import { rollFor } from './random.ts'
import type { Dice } from './random.ts'
import { pickSupplies } from './supplies.ts'
import type { Times } from './supplies.ts'

const topics = { relation: 1, place: 2, identity: 3, contacts: 4, habits: 5, supplies: 6 }
const shares = { company: 0.08, samePerson: 0.04, family: 0.08, familyName: 0.65, sharedPhone: 0.8, vulnerable: 0.04, directDebit: 0.46, emailBill: 0.62 }

type Who = { who: PersonIdentity | CompanyIdentity; place: Place; contacts: Contacts }
type Relation = 'none' | 'same' | 'family'

/** What a row has to do with the row before, which then has nothing to do with the one before it. */
function relationOf(seed: number, row: number): Relation {
  if (row <= knownRows) return 'none'
  const draw = rollFor(seed, row, topics.relation).unit()
  if (draw >= shares.samePerson + shares.family) return 'none'
  const previous = rollFor(seed, row - 1, topics.relation).unit()
  if (previous < shares.samePerson + shares.family || isCompany(seed, row - 1)) return 'none'
  return draw < shares.samePerson ? 'same' : 'family'
}

function isCompany(seed: number, row: number): boolean {
  return rollFor(seed, row, topics.identity).chance(shares.company)
}

function independent(seed: number, row: number): Who {
  const place = pickPlace(rollFor(seed, row, topics.place), brandProfiles[brandOfRow(row).brand].regions)
  const dice = rollFor(seed, row, topics.identity)
  const who = dice.chance(shares.company) ? pickCompany(dice, row, place.street) : pickPerson(dice, place.town)
  return { who, place, contacts: pickContacts(rollFor(seed, row, topics.contacts), who, place.town.province) }
}

/** The same person with another utility, somebody of the family (often with the same telephone), or nobody we know. */
function pickWho(seed: number, row: number): Who {
  const relation = relationOf(seed, row)
  if (relation === 'none') return independent(seed, row)
  const other = independent(seed, row - 1)
  if (relation === 'same' || other.who.kind === 'company') return other
  const dice = rollFor(seed, row, topics.identity)
  const who = pickPerson(dice, other.place.town, dice.chance(shares.familyName) ? other.who.lastName : undefined)
  const contacts = pickContacts(rollFor(seed, row, topics.contacts), who, other.place.town.province)
  if (!dice.chance(shares.sharedPhone)) return { who, place: other.place, contacts }
  const shared = other.contacts.phone === '' ? { mobile: other.contacts.mobile } : { phone: other.contacts.phone }
  return { who, place: other.place, contacts: { ...contacts, ...shared } }
}

function pickPayer(dice: Dice): Payer {
  const draw = dice.unit()
  return draw < 0.9 ? 'good' : draw < 0.965 ? 'late' : draw < 0.985 ? 'bad' : 'partial'
}

/** Decides a customer. Follows from seed, row and today alone. */
export function planCustomer(seed: number, row: number, times: Times): CustomerPlan {
  if (row < knownRows) return knownPlan(row, times)
  const { brand, ordinal } = brandOfRow(row)
  const { who, place, contacts } = pickWho(seed, row)
  const habits = rollFor(seed, row, topics.habits)
  const since = times.today - 200 - Math.floor(9500 * habits.unit() * habits.unit())
  return {
    row,
    brand,
    ordinal,
    code: brandProfiles[brand].customerCode(ordinal),
    who,
    contacts,
    place,
    vulnerable: who.kind === 'person' && habits.chance(who.birthDay < '1950' ? shares.vulnerable * 4 : shares.vulnerable),
    since,
    payer: pickPayer(habits),
    directDebit: habits.chance(shares.directDebit),
    delivery: contacts.email !== '' && habits.chance(shares.emailBill) ? 'email' : 'paper',
    supplies: pickSupplies(rollFor(seed, row, topics.supplies), { row, brand, ordinal, isCompany: who.kind === 'company', place, since }, times),
    tickets: null,
  }
}
