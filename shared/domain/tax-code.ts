import { accept, refusal } from './check.ts'
import type { Check } from './check.ts'
import { daysInMonth, isCivilDay } from './civil-day.ts'
import type { CivilDay } from './civil-day.ts'
import { compactCode } from './compact.ts'
import { checkElevenDigits } from './vat-number.ts'

// Rules: DM 23/12/1976 n. 13813; vectors in tests/unit/domain/tax-code.test.ts.

export type Sex = 'M' | 'F'

/** Values of 0–9 and A–Z in the odd positions (first, third…): digits use the first ten. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23] as const
const MONTHS = 'ABCDEHLMPRST'
const OMOCODE_LETTERS = 'LMNPQRSTUV'
/** Indexes of the seven digits, leftmost first. */
export const taxCodeDigitPlaces = [6, 7, 9, 10, 12, 13, 14] as const
const shape = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/
const elevenDigits = /^[0-9]{11}$/

const empty = refusal('tax_code_empty')
const wrongLength = refusal('tax_code_length')
const wrongFormat = refusal('tax_code_format')
const wrongBirthDay = refusal('tax_code_birth_day')
const wrongCheckCharacter = refusal('tax_code_check_character')

/** Capitals without spaces and separators; nothing is judged. */
export function normaliseTaxCode(text: string): string {
  return compactCode(text)
}

/** Whether 16 normalised characters have a letter or digit wherever one is due, omocodie included. */
export function hasTaxCodeShape(code: string): boolean {
  return shape.test(code)
}

/** Contribution of a character (0–9, A–Z) at an index 0–14 to the check sum. */
export function taxCodeCharacterValue(index: number, character: number): number {
  const n = character <= 57 ? character - 48 : character - 65
  return index % 2 === 0 ? (ODD[n] ?? 0) : n
}

/** Check character over the first 15 characters, which must be 0–9 and A–Z. */
export function taxCodeCheckCharacter(code: string): string {
  let sum = 0
  for (let i = 0; i < 15; i++) sum += taxCodeCharacterValue(i, code.charCodeAt(i))
  return String.fromCharCode(65 + (sum % 26))
}

/** Digit 0–9 of a digit or its omocode letter, -1 for anything else. */
function digitOf(character: number): number {
  if (character >= 48 && character <= 57) return character - 48
  return OMOCODE_LETTERS.indexOf(String.fromCharCode(character))
}

function twoDigits(code: string, at: number): number {
  return digitOf(code.charCodeAt(at)) * 10 + digitOf(code.charCodeAt(at + 1))
}

/** Whether the day of a well-shaped code exists in its month and year (leap in either century). */
export function hasTaxCodeBirthDay(code: string): boolean {
  const month = MONTHS.indexOf(code.charAt(8)) + 1
  const raw = twoDigits(code, 9)
  const day = raw > 40 ? raw - 40 : raw
  const year = twoDigits(code, 6)
  return day >= 1 && day <= daysInMonth(year === 0 ? 2000 : 1900 + year, month)
}

/**
 * Judges a codice fiscale as typed: 16 characters of a person, or the 11 digits of a legal person.
 * Value: the normalised code. Reasons: tax_code_*, for 11 digits vat_number_*; warning vat_number_office_unknown.
 */
export function checkTaxCode(text: string): Check<string> {
  const code = normaliseTaxCode(text)
  if (code === '') return empty
  if (elevenDigits.test(code)) return checkElevenDigits(code)
  if (code.length !== 16) return wrongLength
  if (!shape.test(code)) return wrongFormat
  if (!hasTaxCodeBirthDay(code)) return wrongBirthDay
  if (taxCodeCheckCharacter(code) !== code.charAt(15)) return wrongCheckCharacter
  return accept(code)
}

/** Whether a normalised code is a right 16-character one; allocates nothing to speak of. */
export function isPersonalTaxCode(code: string): boolean {
  return code.length === 16 && shape.test(code) && hasTaxCodeBirthDay(code) && taxCodeCheckCharacter(code) === code.charAt(15)
}

/** What a codice fiscale says about its holder. The century is not in it: never overwrite a known birth date with this. */
export type DecodedTaxCode = {
  /** The likelier year first (the later one), then a century before. */
  readonly birthYears: readonly [number, number]
  /** The days those years give, likelier first; 29 February drops out of a common year. */
  readonly birthDays: readonly CivilDay[]
  readonly month: number
  readonly day: number
  readonly sex: Sex
  /** Belfiore code with its digits restored; Z… is a foreign state. */
  readonly birthplaceCode: string
  /** Whether letters stand for digits. */
  readonly omocode: boolean
}

/** The code with omocode letters turned back into digits; the check character is kept as it is. */
export function withoutOmocode(code: string): string {
  let out = ''
  for (let i = 0; i < code.length; i++) {
    const isDigitPlace = i === 6 || i === 7 || i === 9 || i === 10 || (i >= 12 && i <= 14)
    const digit = isDigitPlace ? digitOf(code.charCodeAt(i)) : -1
    out += digit >= 0 ? String(digit) : code.charAt(i)
  }
  return out
}

/** Reads a 16-character code; `referenceYear` is the year nobody on file can be born after. Null when the code is not well-shaped. */
export function decodeTaxCode(text: string, referenceYear: number): DecodedTaxCode | null {
  const code = normaliseTaxCode(text)
  if (!shape.test(code) || !hasTaxCodeBirthDay(code)) return null
  const plain = withoutOmocode(code)
  const month = MONTHS.indexOf(plain.charAt(8)) + 1
  const raw = twoDigits(plain, 9)
  const day = raw > 40 ? raw - 40 : raw
  const inCentury = twoDigits(plain, 6)
  const century = referenceYear - (referenceYear % 100)
  const later = century + inCentury <= referenceYear ? century + inCentury : century - 100 + inCentury
  const birthYears = [later, later - 100] as const
  const birthDays = birthYears
    .map(year => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
    .filter(isCivilDay)
  return { birthYears, birthDays, month, day, sex: raw > 40 ? 'F' : 'M', birthplaceCode: plain.slice(11, 15), omocode: plain !== code }
}

/** Letters with a sign that are written out with more than one letter (Circ. Agenzia Entrate 34/E 2011); other signs are dropped. */
const writtenOut: Readonly<Record<string, string>> = {
  Ä: 'AE', Ö: 'OE', Ü: 'UE', Å: 'AA', Æ: 'AE', Œ: 'OE', Ø: 'OE', ẞ: 'SS', ß: 'SS', Þ: 'TH', Ð: 'D', Đ: 'D', Ł: 'L', Ħ: 'H', Ŋ: 'N', Ŧ: 'T', ı: 'I',
}

function plainCapitals(name: string): string {
  const upper = name.normalize('NFC').toUpperCase()
  if (/^[A-Z]*$/.test(upper)) return upper
  let out = ''
  for (const character of upper) out += writtenOut[character] ?? character.normalize('NFD')
  return out.replace(/[^A-Z]/g, '')
}

function nameLetters(name: string, isFirstName: boolean): string {
  const letters = plainCapitals(name)
  let consonants = letters.replace(/[AEIOU]/g, '')
  if (isFirstName && consonants.length >= 4) consonants = consonants.charAt(0) + consonants.charAt(2) + consonants.charAt(3)
  return `${consonants}${letters.replace(/[^AEIOU]/g, '')}XXX`.slice(0, 3)
}

/** Who a codice fiscale is computed for. */
export type TaxCodeSubject = {
  /** A woman's is the one at birth. */
  readonly lastName: string
  readonly firstName: string
  readonly birthDay: CivilDay
  readonly sex: Sex
  /** Belfiore code, letter and three digits. */
  readonly birthplaceCode: string
}

/** The code the rules give; the real one may be an omocode of it, so this proves nothing by itself. */
export function makeTaxCode(subject: TaxCodeSubject): string {
  const { lastName, firstName, birthDay, sex, birthplaceCode } = subject
  const month = MONTHS.charAt(Number(birthDay.slice(5, 7)) - 1)
  const day = Number(birthDay.slice(8, 10)) + (sex === 'F' ? 40 : 0)
  const body = nameLetters(lastName, false) + nameLetters(firstName, true) + birthDay.slice(2, 4) + month
    + String(day).padStart(2, '0') + birthplaceCode.toUpperCase()
  return body + taxCodeCheckCharacter(body)
}

/** Order of the 128 patterns of replaced digits (bit 0 the rightmost): the official ones, from the right without gaps, come first. */
const omocodePatterns = [0, 1, 3, 7, 15, 31, 63, 127]
for (let pattern = 1; pattern < 128; pattern++) if (!omocodePatterns.includes(pattern)) omocodePatterns.push(pattern)

/**
 * All 128 forms of a well-shaped code, the one without replaced digits first, then the seven the revenue agency assigns in order,
 * then the rest. [] when the code is not well-shaped.
 */
export function omocodes(text: string): string[] {
  const code = normaliseTaxCode(text)
  if (!shape.test(code)) return []
  const plain = withoutOmocode(code)
  return omocodePatterns.map(pattern => {
    const letters = [...plain.slice(0, 15)]
    taxCodeDigitPlaces.forEach((place, k) => {
      if (pattern & (1 << (6 - k))) letters[place] = OMOCODE_LETTERS.charAt(Number(plain.charAt(place)))
    })
    const body = letters.join('')
    return body + taxCodeCheckCharacter(body)
  })
}
