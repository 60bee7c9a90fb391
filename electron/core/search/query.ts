import { fold } from '../../../shared/domain/fold.ts'
import { partialPhoneKey } from '../../../shared/domain/phone.ts'
import { recognise } from '../../../shared/domain/recognise.ts'
import type { IdentifierKind, Recognised } from '../../../shared/domain/recognise.ts'
import { codeText } from './code-keys.ts'
import type { CodeText } from './code-keys.ts'
import { MAX_WORD } from './document-words.ts'
import { emailKeyText } from './key-space.ts'
import { isLegalForm, isNumberWord, isParticle, isStreetType, joinSingleLetters } from './word-lists.ts'

/** A typed text, taken apart once. */
export type Query = {
  /** The text this was made from. */
  readonly text: string
  /** Words that a match must have, each as the beginning of a different word of the customer; typed order. */
  readonly required: readonly string[]
  /** House numbers, years and other figures beside words: a match must have each of them whole. */
  readonly figures: readonly string[]
  /** All words as typed, for matches of the beginning of a whole name. */
  readonly typed: readonly string[]
  /** Codes the text may be or begin. */
  readonly codes: readonly CodeText[]
  /** Codes recognised for certain among words: they count whole and by themselves. */
  readonly wholeCodes: readonly CodeText[]
  /** Figures beside words that may be a whole code; the words have to match too. */
  readonly figureCodes: readonly CodeText[]
  /** Beginning of an e-mail address as keyed; '' if it is none. */
  readonly email: string
  /** A "via" or "piazza" was typed: addresses come before names. */
  readonly wantsAddress: boolean
  /** Spellings under which an invoice or ticket may be filed; [] when the text cannot be one. */
  readonly numbers: readonly string[]
  readonly recognised: readonly IdentifierKind[]
  /** Other readings of a code with something wrong in it, likeliest first. */
  readonly corrections: readonly Recognised[]
}

/** Nobody types or pastes more of a name and address. */
const MAX_TEXT = 400
const MAX_REQUIRED = 8
const MAX_TYPED = 12
const figure = /^[0-9]{1,16}[a-z]?$/
/** A word with this many digits is a code, never part of a name. */
const CODE_DIGITS = 3
/** A figure at least this long beside words may be a customer code. */
const MIN_FIGURE_CODE = 4
const hasDigit = /[0-9]/
const letter = /\p{L}/u
/** "14/A" is one house number. */
const lettered = /\b(\d{1,4})[/-]([a-z])\b/gi
/** "(TS)": a province in a pasted address. */
const bracketed = /\([^)]*\)/g

function isOptional(word: string, last: boolean, beside: boolean): boolean {
  if (isStreetType(word) && word.length >= 3) return true
  if (isLegalForm(word)) return !last || word.length >= 3
  if (isNumberWord(word) && beside) return !last
  return isParticle(word) && !last
}

function splitWords(text: string): string[] {
  const folded = fold(text.replace(lettered, '$1$2'))
  if (folded === '') return []
  return joinSingleLetters(folded.split(' ').slice(0, MAX_TYPED * 2).map(word => word.slice(0, MAX_WORD))).slice(0, MAX_TYPED)
}

/** Words to search by, out of the typed ones: particles, "via", "S.r.l." are left out unless they are all there is. */
function requiredOf(typed: readonly string[], figures: readonly string[]): string[] {
  const words = typed.filter(word => !figures.includes(word))
  const strong = words.filter((word, i) => !isOptional(word, i === words.length - 1, figures.length > 0))
  return (strong.length > 0 ? strong : words).slice(0, MAX_REQUIRED)
}

function codesOf(text: string, readings: readonly Recognised[], words: boolean): Pick<Query, 'codes' | 'wholeCodes'> {
  const codes = new Map<string, CodeText>()
  const whole = new Map<string, CodeText>()
  const put = (into: Map<string, CodeText>, raw: string): void => {
    const code = codeText(raw)
    if (code.text !== '') into.set(`${code.text} ${code.zeros}`, code)
  }
  if (text.length <= 40) {
    put(codes, /^[A-Za-z0-9]{15}$/.test(text) && /^it/i.test(text) ? text.slice(0, 14) : text)
    if (!letter.test(text)) put(codes, partialPhoneKey(text))
  }
  for (const reading of readings) {
    if (reading.corrected || reading.kind === 'name' || reading.kind === 'email') continue
    const value = reading.kind === 'pod' ? reading.value.slice(0, 14) : reading.value
    if (!words) put(codes, value)
    else if (!reading.partial) put(whole, value)
  }
  return { codes: [...codes.values()].slice(0, 8), wholeCodes: [...whole.values()].slice(0, 8) }
}

function numbersOf(text: string, readings: readonly Recognised[]): string[] {
  const bare = text.trim()
  if (bare.length < 3 || bare.length > 60 || !hasDigit.test(bare)) return []
  const found = new Set([bare, bare.toUpperCase(), bare.replace(/\s+/g, '').toUpperCase()])
  for (const { kind, value } of readings) if (kind === 'invoice_number' || kind === 'ticket_code') found.add(value)
  return [...found].slice(0, 6)
}

/** Takes a typed or pasted text apart. Never throws; the work is bounded for any text. */
export function parseQuery(input: string): Query {
  const text = input.slice(0, MAX_TEXT).trim()
  const digits = hasDigit.test(text)
  const readings = digits || text.includes('@') ? recognise(text) : []
  const kinds = new Set(readings.map(reading => reading.kind))
  if (readings.length === 0 && text !== '') kinds.add('name')
  const typed = splitWords(text.replace(bracketed, ' '))
  const figures = typed.length > 1 && typed.some(word => !figure.test(word)) ? typed.filter(word => figure.test(word)) : []
  // The shortest comes first: it is the house number, the others are a postal code or a year.
  const kept = figures.toSorted((a, b) => a.length - b.length).slice(0, 4)
  const onlyFigures = typed.every(word => figure.test(word)) || (typed.length === 1 && (typed[0] ?? '').replace(/[^0-9]/g, '').length >= CODE_DIGITS)
  const address = readings.find(reading => reading.kind === 'email')?.value
  const lettersOnly = typed.length === 1 && !digits && text.length >= 3 && text.length <= 6
  const worded = kinds.has('name')
  const compactEnough = digits || lettersOnly
  const { codes, wholeCodes } = compactEnough ? codesOf(text, readings, worded && digits && /\s/.test(text)) : { codes: [], wholeCodes: [] }
  // A pasted signature: its codes are looked up, its words would only exclude what they found.
  const signature = kinds.size > 1 && text.length > 40 && readings.some(reading => !reading.partial)
  const name = signature ? readings.find(reading => reading.kind === 'name')?.value : undefined
  const words = signature ? splitWords(name ?? '') : typed
  return {
    text,
    required: onlyFigures || address !== undefined ? [] : requiredOf(words, signature ? [] : figures),
    figures: signature ? [] : kept,
    figureCodes: signature ? [] : kept.filter(word => word.length >= MIN_FIGURE_CODE).map(codeText).filter(code => code.text !== ''),
    typed: words,
    codes,
    wholeCodes,
    email: address !== undefined ? emailKeyText(address) : emailBeginning(text),
    wantsAddress: typed.length > 1 && typed.some(word => isStreetType(word) && word.length >= 3),
    numbers: numbersOf(text, readings),
    recognised: [...kinds],
    corrections: readings.filter(reading => reading.corrected !== undefined),
  }
}

/** "mar.rossi" or "rossi97": something only an e-mail address looks like, short of its '@'. */
function emailBeginning(text: string): string {
  return text.length >= 4 && /^[a-z][^\s,;@]*[._][^\s,;@]+$/i.test(text) ? emailKeyText(text) : ''
}
