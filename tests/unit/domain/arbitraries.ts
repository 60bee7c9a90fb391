import fc from 'fast-check'
import { dayFromNumber, dayNumber } from '../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import { makeTaxCode } from '../../../shared/domain/tax-code.ts'

/** Days a living customer can be born on. */
export const birthDays: fc.Arbitrary<CivilDay> = fc
  .integer({ min: dayNumber('1920-01-01' as CivilDay), max: dayNumber('2025-12-31' as CivilDay) })
  .map(dayFromNumber)

const letters = (text: string): fc.Arbitrary<string> => fc.constantFrom(...text)
const names = fc.oneof(
  fc.constantFrom('Rossi', 'Fo', 'De’ Carlo', 'Müller', 'Łukaszewicz', 'Aiello', 'Ceccherini', 'Ng', "D'Angelò", 'Søgård'),
  fc.string({ unit: letters('abcdefghilmnopqrstuvzàèìòùäöüßçñ \''), minLength: 2, maxLength: 14 }).filter(name => /[a-z]/.test(name)),
)
const birthplaces = fc.tuple(letters('ABCDEFGHILMZ'), fc.integer({ min: 1, max: 999 }))
  .map(([letter, n]) => letter + String(n).padStart(3, '0'))

export const subjects = fc.record({
  lastName: names, firstName: names, birthDay: birthDays, sex: fc.constantFrom<'M' | 'F'>('M', 'F'), birthplaceCode: birthplaces,
})

/** Right codici fiscali of invented people. */
export const taxCodes = subjects.map(makeTaxCode)
