import { parseCivilDay } from './civil-day.ts'
import { compactCode } from './compact.ts'
import { checkEmail, normaliseEmail } from './email.ts'
import { foldTokens } from './fold.ts'
import { findLabels } from './recognise-labels.ts'
import { one, readAs, readLooseCode, readPdr, readPhone, readPod, readTaxCode, readVatNumber } from './recognise-readers.ts'
import type { Reading } from './recognise-readers.ts'

export type IdentifierKind =
  | 'tax_code' | 'vat_number' | 'pod' | 'pdr' | 'phone' | 'email' | 'customer_code' | 'invoice_number' | 'ticket_code'
  | 'meter_serial' | 'service_code' | 'name'

/** One thing a text may be. */
export type Recognised = {
  readonly kind: IdentifierKind
  /**
   * Ready for the lookup: tax code, POD (14–15 characters or its beginning), serials in capitals without separators; VAT number and
   * PDR as digits; telephone as its key; e-mail in lower case; invoice and ticket with the signs they are printed with; names as typed.
   */
  readonly value: string
  /** Only the beginning is there, or the kind has no fixed length: look it up as a prefix too. */
  readonly partial: boolean
  /** Present when `value` is not what was typed but what was probably meant: offer it, do not apply it in silence. */
  readonly corrected?: { readonly from: string; readonly to: string }
}

/** More than a pasted signature never has; keeps the work bounded for any text. */
const MAX_TEXT = 2000
const MAX_TOKENS = 240
const MAX_WINDOW = 8
const MAX_CODE = 18
const MAX_RESULTS = 32
const SURE = 60
/** Beside something sure, shorter codes are house numbers, postal codes and years. */
const MIN_BESIDE_SURE = 6

type Token = { readonly start: number; readonly end: number; readonly chunk: number; readonly code: string; used: boolean }

const word = /[\p{L}\p{M}\p{N}]+/gu
/** Between two tokens, this means that they do not belong to one code. */
const hardGap = /[\n\r\t,;|:=•@<>]|\s[-–—]\s/
const address = /[^\s<>()[\]:;,"|@]{1,80}@[^\s<>()[\]:;,"|@]{0,254}/g
const invoiceLike = /^[A-Z]{0,4}[-/ ]?[0-9]{1,10}(?:[-/][0-9A-Z]{1,10}){1,3}$/i
const politeWords = new Set([
  'cordiali', 'saluti', 'distinti', 'buongiorno', 'buonasera', 'salve', 'gentile', 'gentili', 'egregio', 'spett', 'spettabile', 'sig',
  'sigra', 'signor', 'signora', 'dott', 'dottssa', 'ing', 'avv', 'geom', 'grazie', 'intestatario', 'intestato', 'nome', 'cognome',
  'nominativo', 'cliente', 'il', 'la', 'di', 'e', 'n', 'nr', 'mio', 'sono', 'regards', 'dear', 'mr', 'mrs', 'ms', 'name',
])

function tokens(text: string): Token[] {
  const found: Token[] = []
  let chunk = 0
  let last = 0
  for (const match of text.matchAll(word)) {
    if (found.length === MAX_TOKENS) break
    const start = match.index
    if (hardGap.test(text.slice(last, start))) chunk++
    last = start + match[0].length
    found.push({ start, end: last, chunk, code: match[0].length > MAX_CODE ? '' : compactCode(match[0]), used: false })
  }
  return found
}

/** Where a stretch begins, with the plus sign and bracket of a telephone number in front of it. */
function rawStart(text: string, start: number): number {
  let at = start
  while (at > 0 && start - at < 2 && (text.charAt(at - 1) === '+' || text.charAt(at - 1) === '(')) at--
  return at
}

type Window = { readonly from: number; readonly to: number; readonly code: string; readonly raw: string }

/** Runs of unused tokens of one chunk starting at `from`, shortest first. */
function windowsFrom(text: string, all: readonly Token[], from: number): Window[] {
  const first = all[from]
  const found: Window[] = []
  if (!first || first.used) return found
  let code = ''
  for (let to = from; to < all.length && to < from + MAX_WINDOW; to++) {
    const token = all[to]
    if (!token || token.used || token.chunk !== first.chunk || token.code === '') break
    code += token.code
    if (code.length > MAX_CODE) break
    found.push({ from, to, code, raw: text.slice(rawStart(text, first.start), token.end) })
  }
  return found
}

/** The readings of a stretch that need no label to be believed. */
function readSurely({ code, raw, from, to }: Window): Reading | null {
  if (code.length < 6 || !/[0-9]/.test(code)) return null
  const readings = [readTaxCode(code), readPod(code), readVatNumber(code), readPdr(code), readPhone(raw)].filter(r => r !== null)
  readings.sort((a, b) => b.score - a.score)
  const best = readings[0]
  if (!best) return null
  // Numbers put together from many pieces are less sure; codes with a check character are written that way, telephones in pairs.
  const kind = best.found[0]?.kind
  const pieces = to - from
  const penalty = kind === 'vat_number' || kind === 'pdr' ? Math.min(24, pieces * 6) : kind === 'phone' ? 0 : pieces
  const bestAsTyped = !best.found.some(item => item.corrected)
  const others = readings.slice(1).flatMap(r => r.found).filter(item => !(bestAsTyped && item.corrected) && !(raw.startsWith('+') && item.kind !== 'phone'))
  return { score: best.score - penalty, found: [...best.found, ...others] }
}

function takeEmails(text: string, out: Scored[]): string {
  return text.replace(address, (typed: string, at: number) => {
    const checked = checkEmail(typed)
    if (checked.ok) out.push({ score: 120, at, found: [one('email', checked.value)] })
    else out.push({ score: 55, at, found: [one('email', normaliseEmail(typed), true)] })
    return '\n'.repeat(typed.length)
  })
}

type Scored = Reading & { readonly at: number }

function takeLabelled(text: string, all: Token[], out: Scored[]): void {
  const labels = findLabels(text)
  labels.forEach((label, n) => {
    const limit = labels[n + 1]?.start ?? text.length
    const from = all.findIndex(token => token.start >= label.end)
    const first = all[from]
    if (!first || first.start >= limit || /[\n\r]/.test(text.slice(label.end, first.start))) return
    // A label in the middle of a token run ends it, so windows may not cross the next one.
    const windows = windowsFrom(text, all, from).filter(w => (all[w.to]?.end ?? 0) <= limit)
    let best: { window: Window; reading: Reading } | null = null
    for (const window of windows) {
      for (const kind of label.kinds) {
        const reading = readAs(kind, window.code, window.raw)
        if (reading && (!best || reading.score > best.reading.score || (reading.score === best.reading.score && growsWith(kind, window)))) best = { window, reading }
      }
    }
    if (!best) return
    const labelTokens = all.filter(token => token.start < label.end && token.end > label.start)
    for (const token of [...labelTokens, ...all.slice(best.window.from, best.window.to + 1)]) token.used = true
    out.push({ score: 100 + best.reading.score, at: first.start, found: best.reading.found })
  })
}

/** Whether a longer stretch is better at equal score: digits in groups yes, words behind a code no. */
function growsWith(kind: IdentifierKind, window: Window): boolean {
  switch (kind) {
    case 'invoice_number':
    case 'ticket_code': return !/\s/.test(window.raw)
    case 'email':
    case 'name': return false
    default: return /^[0-9]+$/.test(window.code) || kind === 'tax_code' || kind === 'pod'
  }
}

function takeSure(text: string, all: Token[], out: Scored[]): void {
  const sure: { window: Window; reading: Reading }[] = []
  for (let from = 0; from < all.length; from++) {
    for (const window of windowsFrom(text, all, from)) {
      const reading = readSurely(window)
      if (reading && reading.score >= SURE) sure.push({ window, reading })
    }
  }
  sure.sort((a, b) => b.reading.score - a.reading.score || (b.window.to - b.window.from) - (a.window.to - a.window.from))
  for (const { window, reading } of sure) {
    const span = all.slice(window.from, window.to + 1)
    if (span.some(token => token.used)) continue
    for (const token of span) token.used = true
    out.push({ ...reading, at: span[0]?.start ?? 0 })
  }
}

/** Names and what else is left over, chunk by chunk. */
function takeRest(text: string, all: readonly Token[], out: Scored[]): void {
  const sureSomewhere = out.some(found => found.score >= SURE)
  const chunks = new Map<number, Token[]>()
  for (const token of all) if (!token.used) chunks.set(token.chunk, [...(chunks.get(token.chunk) ?? []), token])
  let names = 0
  for (const left of chunks.values()) {
    const first = left[0]
    const last = left.at(-1)
    if (!first || !last) continue
    const contiguous = all.indexOf(last) - all.indexOf(first) === left.length - 1
    const raw = text.slice(rawStart(text, first.start), last.end)
    const code = contiguous ? left.map(token => token.code).join('') : ''
    const words = left.filter(token => /^[\p{L}\p{M}]{2,}$/u.test(text.slice(token.start, token.end)))
    const isSpelledCode = contiguous && raw.length <= 40 && words.length <= 2 && /[0-9]/.test(code)
    if (contiguous && parseCivilDay(raw).ok) {
      if (!sureSomewhere) out.push({ score: 10, at: first.start, found: [one('name', raw, true)] })
      continue
    }
    if (isSpelledCode && !(words.length > 0 && /\s/.test(raw) && words.some(w => w.end - w.start > 3))) {
      const written = invoiceLike.test(raw) ? [one('invoice_number', raw.toUpperCase(), true), one('ticket_code', raw.toUpperCase(), true)] : []
      const loose = sureSomewhere && code.length < MIN_BESIDE_SURE ? [] : readLooseCode(code, raw)
      if (written.length > 0 || loose.length > 0) out.push({ score: 40, at: first.start, found: [...written, ...loose] })
    } else {
      for (const token of left) {
        if (/[0-9]/.test(token.code) && token.code.length >= (sureSomewhere ? MIN_BESIDE_SURE : 4)) {
          out.push({ score: 20, at: token.start, found: readLooseCode(token.code, text.slice(token.start, token.end)) })
        }
      }
    }
    const named = sureSomewhere ? words.filter(token => !politeWords.has(foldTokens(text.slice(token.start, token.end)).join(''))) : words
    if (named.length === 0 || names === 3 || (sureSomewhere && named.length > 8)) {
      if (words.length === 0 && !/[0-9]/.test(raw) && names === 0) { names++; out.push({ score: 10, at: first.start, found: [one('name', raw, true)] }) }
      continue
    }
    names++
    const wholeName = sureSomewhere
      ? text.slice(named[0]?.start, named.at(-1)?.end)
      : raw
    out.push({ score: isSpelledCode ? 15 : sureSomewhere ? 30 : 50, at: first.start, found: [one('name', wholeName.trim(), true)] })
    if (left.length === 1 && code.length === 6) out.push({ score: 12, at: first.start, found: readLooseCode(code, raw) })
  }
}

/** "tel0481772019": the word would otherwise be read as the first characters of a code. */
const gluedPhone = /(?<![\p{L}\p{N}])(tel|telefono|cell|cellulare|fax)(?=\+?\p{N}{6,15}(?![\p{L}\p{N}]))/giu

/**
 * What a typed or pasted text may be, likeliest first, without duplicates: "CF: RSSMRA80A01H501U", "tel. 338/421.90.17", a POD half
 * typed, a whole signature. Forgives spaces, separators, capitals, O for 0 and I for 1, missing leading zeros; a wrong check character
 * brings the typed code
 * first and then every correction of one character, likeliest first: look up which of them exist. Never throws; the work is bounded for any text.
 */
export function recognise(input: string): Recognised[] {
  const clipped = input.length > MAX_TEXT ? input.slice(0, MAX_TEXT) : input
  const text = clipped.normalize('NFKC').slice(0, MAX_TEXT)
  const found: Scored[] = []
  const rest = takeEmails(text.replace(gluedPhone, '$1 '), found)
  const all = tokens(rest)
  takeLabelled(rest, all, found)
  takeSure(rest, all, found)
  takeRest(rest, all, found)
  found.sort((a, b) => b.score - a.score || a.at - b.at)
  const seen = new Set<string>()
  const out: Recognised[] = []
  for (const { found: list } of found) {
    for (const item of list) {
      const key = `${item.kind}\u0000${item.value}`
      if (item.value === '' || seen.has(key) || out.length === MAX_RESULTS) continue
      seen.add(key)
      out.push(item)
    }
  }
  return out
}
