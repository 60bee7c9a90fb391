import { adjacentKeys, digitLookAlike, letterLookAlikes, looksAlike, soundsAlike } from './look-alike.ts'
import {
  hasTaxCodeShape, isPersonalTaxCode, normaliseTaxCode, taxCodeCharacterValue, taxCodeCheckCharacter,
} from './tax-code.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DIGITS_AND_OMOCODES = '0123456789LMNPQRSTUV'
const OMOCODE_LETTERS = 'LMNPQRSTUV'
const MONTHS = 'ABCDEHLMPRST'
/** What may stand at each of the 16 places. */
const alphabets: readonly string[] = [
  LETTERS, LETTERS, LETTERS, LETTERS, LETTERS, LETTERS, DIGITS_AND_OMOCODES, DIGITS_AND_OMOCODES, MONTHS,
  DIGITS_AND_OMOCODES, DIGITS_AND_OMOCODES, LETTERS, DIGITS_AND_OMOCODES, DIGITS_AND_OMOCODES, DIGITS_AND_OMOCODES, LETTERS,
]
/** Three letters of a name: consonants, then vowels, then X to fill. */
const nameOrder = /^(?:[B-DF-HJ-NP-TV-Z]{3}|[B-DF-HJ-NP-TV-Z]{2}[AEIOU]|[B-DF-HJ-NP-TV-Z][AEIOU]{2}|[AEIOU]{3}|[B-DF-HJ-NP-TV-Z][AEIOU]X|[AEIOU]{2}X|[AEIOU]XX)$/
/** More places than this with the wrong kind of character is no slip of the hand. */
const MAX_REPAIRS = 5
const MAX_REPAIRED = 48

/** Replacements for a character of the wrong kind at a place, likeliest first; '' if nothing looks like it. */
function repairs(place: number, character: string): string {
  const alphabet = alphabets[place] ?? ''
  const isDigit = character >= '0' && character <= '9'
  const options = alphabet === DIGITS_AND_OMOCODES ? (isDigit ? '' : digitLookAlike(character)) : letterLookAlikes(character)
  let allowed = ''
  for (const option of options) if (alphabet.includes(option)) allowed += option
  return allowed
}

/**
 * The beginning of a personal code, up to all 16 characters, with each character of the wrong kind turned into what it looks like most
 * (O for 0 …); '' if the text cannot be one. The check character is not looked at.
 */
export function repairTaxCodePrefix(text: string): string {
  const code = normaliseTaxCode(text)
  if (code.length > 16) return ''
  let out = ''
  for (let place = 0; place < code.length; place++) {
    const typed = code.charAt(place)
    const meant = alphabets[place]?.includes(typed) ? typed : repairs(place, typed).charAt(0)
    if (meant === '') return ''
    out += meant
  }
  return out
}

/** Whether the first six letters can come from two names by the rules (consonants, vowels, X). */
export function hasTaxCodeNameOrder(code: string): boolean {
  return nameOrder.test(code.slice(0, 3)) && nameOrder.test(code.slice(3, 6))
}

/** Well-shaped codes that differ from the typed one only by look-alikes of the wrong kind (O for 0 …), likeliest first. */
function repairShape(code: string, wrongPlaces: readonly number[]): string[] {
  let variants = ['']
  let from = 0
  for (const place of wrongPlaces) {
    const options = repairs(place, code.charAt(place))
    if (options === '') return []
    const kept = code.slice(from, place)
    const next: string[] = []
    for (const variant of variants) for (const option of options) if (next.length < MAX_REPAIRED) next.push(variant + kept + option)
    variants = next
    from = place + 1
  }
  return variants.map(variant => variant + code.slice(from))
}

/** Unlikelihood of a result whatever the slip was: names out of order, birthplace codes that were never given. */
function oddness(code: string): number {
  let cost = 0
  if (!nameOrder.test(code.slice(0, 3))) cost += 8
  if (!nameOrder.test(code.slice(3, 6))) cost += 8
  // Belfiore codes start with A–M, or Z for a foreign state.
  if (code.charAt(11) > 'M' && code.charAt(11) !== 'Z') cost += 8
  return cost
}

function slipCost(place: number, typed: string, meant: string): number {
  const typedDigit = typed >= '0' && typed <= '9'
  const meantDigit = meant >= '0' && meant <= '9'
  // A letter in the place of a digit is an omocode: rare, so seldom what was meant unless one was typed.
  const rare = alphabets[place] === DIGITS_AND_OMOCODES && !meantDigit ? (typedDigit ? 12 : 4) : 0
  if (looksAlike(typed, meant)) return 1 + rare
  if (OMOCODE_LETTERS.indexOf(typed) === Number(meantDigit ? meant : NaN)) return 2
  if (adjacentKeys(typed, meant)) return 2 + rare
  if (soundsAlike(typed, meant)) return 3 + rare
  return 6 + rare
}

/** Extra cost of a changed character on top of repairs: with one place of the wrong kind, solving that place alone is always likelier. */
const SECOND_SLIP: Readonly<Record<number, number>> = { 0: 0, 1: 40 }

type Found = { code: string; cost: number }

function substitutions(code: string, cost: number, found: Found[]): void {
  let sum = 0
  for (let i = 0; i < 15; i++) sum += taxCodeCharacterValue(i, code.charCodeAt(i))
  const wanted = code.charCodeAt(15) - 65
  for (let place = 0; place < 15; place++) {
    const typed = code.charAt(place)
    const others = sum - taxCodeCharacterValue(place, code.charCodeAt(place))
    for (const meant of alphabets[place] ?? '') {
      if (meant === typed || (others + taxCodeCharacterValue(place, meant.charCodeAt(0))) % 26 !== wanted) continue
      offer(code.slice(0, place) + meant + code.slice(place + 1), cost + slipCost(place, typed, meant), found)
    }
  }
  const check = taxCodeCheckCharacter(code)
  offer(code.slice(0, 15) + check, cost + slipCost(15, code.charAt(15), check), found)
}

function offer(code: string, cost: number, found: Found[]): void {
  if (isPersonalTaxCode(code)) found.push({ code, cost: cost + oddness(code) })
}

/** The one character at a place that makes the code right: used when nothing that looks like the typed one fits there. */
function solvePlace(code: string, place: number, found: Found[]): void {
  for (const meant of alphabets[place] ?? '') {
    offer(code.slice(0, place) + meant + code.slice(place + 1), slipCost(place, code.charAt(place), meant), found)
  }
}

function transpositions(code: string, found: Found[]): void {
  for (let i = 0; i < 15; i++) {
    const a = code.charAt(i)
    const b = code.charAt(i + 1)
    if (a !== b) offer(code.slice(0, i) + b + a + code.slice(i + 2), 2, found)
  }
}

function lengthSlips(code: string, found: Found[]): void {
  if (code.length === 17) {
    for (let i = 0; i < 17; i++) {
      const doubled = code.charAt(i) === code.charAt(i - 1)
      offer(code.slice(0, i) + code.slice(i + 1), doubled ? 2 : 5, found)
    }
    return
  }
  for (let place = 0; place < 16; place++) {
    for (const missing of alphabets[place] ?? '') {
      const doubled = missing === code.charAt(place) || missing === code.charAt(place - 1)
      const rare = alphabets[place] === DIGITS_AND_OMOCODES && missing > '9' ? 12 : 0
      offer(code.slice(0, place) + missing + code.slice(place), (doubled ? 2 : 7) + rare, found)
    }
  }
}

/**
 * Right codes one slip away from a wrong one, likeliest first, at most `limit`: characters of the wrong kind turned into what they
 * look like (any number of O for 0, I for 1 …), one character changed, two neighbours exchanged, one missing or one too many.
 * [] when the text is right already or too far off. A suggestion is never applied by itself.
 */
export function suggestTaxCode(text: string, limit = 8): string[] {
  const code = normaliseTaxCode(text)
  if (code.length < 15 || code.length > 17 || !/^[0-9A-Z]+$/.test(code) || isPersonalTaxCode(code)) return []
  const found: Found[] = []
  if (code.length !== 16) lengthSlips(code, found)
  else {
    const wrongPlaces: number[] = []
    for (let i = 0; i < 16; i++) if (!alphabets[i]?.includes(code.charAt(i))) wrongPlaces.push(i)
    if (wrongPlaces.length > MAX_REPAIRS) return []
    transpositions(code, found)
    const [first] = wrongPlaces
    if (wrongPlaces.length === 1 && first !== undefined) solvePlace(code, first, found)
    repairShape(code, wrongPlaces).forEach((repaired, rank) => {
      offer(repaired, rank / 4, found)
      if (hasTaxCodeShape(repaired) && rank < 4 && !isPersonalTaxCode(repaired)) substitutions(repaired, SECOND_SLIP[wrongPlaces.length] ?? 8, found)
    })
  }
  found.sort((a, b) => a.cost - b.cost)
  return [...new Set(found.map(f => f.code))].slice(0, limit)
}
