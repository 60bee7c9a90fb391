import { civilDay } from '../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../shared/domain/civil-day.ts'
import { makeTaxCode, omocodes } from '../../shared/domain/tax-code.ts'
import { firstNames, secondNames } from './data/first-names.ts'
import { foreignPeople } from './data/foreign-people.ts'
import { compoundLastNames, lastNames } from './data/last-names.ts'
import { anyTown } from './places.ts'
import type { Town } from './places.ts'
import { draw, zipfTable } from './random.ts'
import type { Dice } from './random.ts'

export type Sex = 'M' | 'F'

export type PersonIdentity = {
  kind: 'person'
  lastName: string
  firstName: string
  sex: Sex
  birthDay: CivilDay
  taxCode: string
}

const lastNameTable = zipfTable(lastNames.length, 18)
const firstNameTables = firstNames.map(({ names }) => ({ M: zipfTable(names.M.length, 3), F: zipfTable(names.F.length, 3) }))
const secondNameTables = { M: zipfTable(secondNames.M.length, 1), F: zipfTable(secondNames.F.length, 1) }

const foreignTable = zipfTable(foreignPeople.length, 2)

const shares = { foreign: 0.05, compound: 0.06, doubleName: 0.07, omocode: 0.002, bornThere: 0.62, men: 0.55 }
const oldestYear = 1930
const youngestYear = 2005

/** A surname as frequent as it is in Italy. */
export function pickLastName(dice: Dice): string {
  return dice.chance(shares.compound) ? dice.pick(compoundLastNames) : draw(dice, lastNames, lastNameTable)
}

function pickFirstName(dice: Dice, sex: Sex, year: number): string {
  const index = firstNames.findIndex(({ until }) => year <= until)
  const names = firstNames[index]?.names[sex]
  const table = firstNameTables[index]?.[sex]
  if (names === undefined || table === undefined) throw new RangeError('no first names for the year')
  const name = draw(dice, names, table)
  if (!dice.chance(shares.doubleName)) return name
  const second = draw(dice, secondNames[sex], secondNameTables[sex])
  return second === name ? name : `${name} ${second}`
}

/** A person with a tax code that fits name, birth, sex and place of birth. */
export function pickPerson(dice: Dice, home: Town, familyName?: string): PersonIdentity {
  const sex: Sex = dice.chance(shares.men) ? 'M' : 'F'
  const year = oldestYear + Math.floor(((dice.unit() + dice.unit()) / 2) * (youngestYear - oldestYear + 1))
  const birthDay = civilDay(year, dice.between(1, 12), dice.between(1, 28))
  const abroad = familyName === undefined && dice.chance(shares.foreign) ? draw(dice, foreignPeople, foreignTable) : null
  const lastName = familyName ?? (abroad ? dice.pick(abroad.lastNames) : pickLastName(dice))
  const firstName = abroad ? dice.pick(abroad.firstNames[sex]) : pickFirstName(dice, sex, year)
  const birthplaceCode = abroad ? abroad.state : dice.chance(shares.bornThere) ? home.code : anyTown(dice).code
  const plain = makeTaxCode({ lastName, firstName, birthDay, sex, birthplaceCode })
  const taxCode = dice.chance(shares.omocode) ? (omocodes(plain)[1] ?? plain) : plain
  return { kind: 'person', lastName, firstName, sex, birthDay, taxCode }
}
