/** Letters that Unicode does not decompose but people type without the sign. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ħ: 'h', ŧ: 't', ı: 'i', ŋ: 'n', ĸ: 'k', ƒ: 'f',
}

const letterOrNumber = /^[\p{L}\p{N}]$/u
const ignorable = /^[\p{M}\p{Cf}]$/u
const known = new Map<number, string>()
/** Names use few distinct characters; the bound is for hostile text. */
const KNOWN_LIMIT = 8192
const SPACE = 32

/** Folded form of one code point: letters and digits, '' for what leaves no trace, spaces for separators. */
function foldCodePoint(codePoint: number): string {
  const seen = known.get(codePoint)
  if (seen !== undefined) return seen
  const original = String.fromCodePoint(codePoint)
  let folded = ''
  if (ignorable.test(original)) folded = ''
  else if (!letterOrNumber.test(original)) folded = ' '
  else {
    const plain = original.normalize('NFKD').toLowerCase().normalize('NFKD')
    for (const character of plain) {
      if (ignorable.test(character)) continue
      const replaced = plainLetters[character]
      folded += replaced ?? (letterOrNumber.test(character) ? character : ' ')
    }
  }
  if (known.size < KNOWN_LIMIT) known.set(codePoint, folded)
  return folded
}

/** 0 folded already, 1 plain ASCII, 2 anything else. */
function classify(text: string): 0 | 1 | 2 {
  let ready = true
  let afterSpace = true
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if ((c >= 97 && c <= 122) || (c >= 48 && c <= 57)) afterSpace = false
    else if (c === SPACE && !afterSpace) afterSpace = true
    else if (c < 128) ready = false
    else return 2
  }
  return ready && !(afterSpace && text.length > 0) ? 0 : 1
}

/**
 * Text as the lookup compares it: lower case, no diacritics, every apostrophe and punctuation mark a space, single spaces.
 * "NICOLO' D’Angelò" gives "nicolo d angelo". Idempotent; never throws.
 */
export function fold(text: string): string {
  switch (classify(text)) {
    case 0:
      return text
    case 1:
      return text.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()
    case 2:
      return foldSlowly(text)
  }
}

function foldSlowly(text: string): string {
  let out = ''
  let pendingSpace = false
  for (let i = 0; i < text.length; i++) {
    const codePoint = text.codePointAt(i) ?? SPACE
    if (codePoint > 0xffff) i++
    const folded = foldCodePoint(codePoint)
    for (let k = 0; k < folded.length; k++) {
      if (folded.charCodeAt(k) === SPACE) {
        pendingSpace = out.length > 0
      } else {
        if (pendingSpace) out += ' '
        pendingSpace = false
        out += folded[k] ?? ''
      }
    }
  }
  return out
}

/** The words of the folded text; [] when nothing is left. */
export function foldTokens(text: string): string[] {
  const folded = fold(text)
  return folded === '' ? [] : folded.split(' ')
}

/** A folded text with, for each of its characters, the index in the original it came from. */
export type FoldedWithMap = {
  readonly text: string
  /** Start in the original (UTF-16) of each folded character; a space points at the first separator of its run. */
  readonly starts: readonly number[]
  /** End in the original (exclusive), combining signs included, so that `original.slice(starts[a], ends[b])` is whole letters. */
  readonly ends: readonly number[]
}

/** Like `fold`, and says where each character came from: matches found in the folded text can be marked in the original spelling. */
export function foldWithMap(text: string): FoldedWithMap {
  let out = ''
  const starts: number[] = []
  const ends: number[] = []
  let spaceAt = -1
  for (let i = 0; i < text.length; i++) {
    const codePoint = text.codePointAt(i) ?? SPACE
    const start = i
    if (codePoint > 0xffff) i++
    const folded = foldCodePoint(codePoint)
    if (folded === '' && spaceAt < 0 && ends.length > 0) ends[ends.length - 1] = i + 1
    for (let k = 0; k < folded.length; k++) {
      if (folded.charCodeAt(k) === SPACE) {
        if (spaceAt < 0 && out.length > 0) spaceAt = start
        continue
      }
      if (spaceAt >= 0) {
        out += ' '
        starts.push(spaceAt)
        ends.push(start)
        spaceAt = -1
      }
      out += folded[k] ?? ''
      starts.push(start)
      ends.push(i + 1)
    }
  }
  return { text: out, starts, ends }
}

/** Where to highlight: start and end (exclusive) in the original. */
export type Mark = readonly [number, number]

/**
 * Where in the original the given folded words start a word: the stretches to highlight, in order and without overlap.
 * `words` are folded already (see `foldTokens`).
 */
export function matchMarks(original: string, words: readonly string[]): Mark[] {
  const folded = foldWithMap(original)
  const found: [number, number][] = []
  for (const word of words) {
    if (word === '') continue
    for (let at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + 1)) {
      if (at > 0 && folded.text[at - 1] !== ' ') continue
      const start = folded.starts[at]
      const end = folded.ends[at + word.length - 1]
      if (start !== undefined && end !== undefined) found.push([start, end])
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  const merged: [number, number][] = []
  for (const mark of found) {
    const last = merged.at(-1)
    if (last && mark[0] < last[1]) last[1] = Math.max(last[1], mark[1])
    else merged.push(mark)
  }
  return merged
}
