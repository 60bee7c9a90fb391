import { accept, refusal } from './check.ts'
import type { Check } from './check.ts'

const empty = refusal('email_empty')
const wrongLength = refusal('email_length')
const wrongFormat = refusal('email_format')
/** The addresses people really have: no quoted local part, no IP address, at least two labels, the last one of letters or IDN. */
const practical = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(?:\p{L}{2,63}|xn--[a-z0-9-]{1,59})$/u
const MAX_TYPED = 400

/** Lower case, without "mailto:", angle brackets and the punctuation a sentence leaves behind. Lookup compares this form. */
export function normaliseEmail(text: string): string {
  let bare = text.slice(0, MAX_TYPED).trim()
  const angled = /<([^<>\s]+)>/.exec(bare)
  if (angled?.[1] !== undefined) bare = angled[1]
  return bare.replace(/^mailto:/i, '').replace(/[\s.,;:>)\]"']+$/, '').replace(/^[\s<("'[]+/, '').toLowerCase()
}

/** Judges an e-mail address as typed. Value: the normalised address. */
export function checkEmail(text: string): Check<string> {
  const email = normaliseEmail(text)
  if (email === '') return empty
  if (text.length > MAX_TYPED || email.length > 254 || email.indexOf('@') > 64) return wrongLength
  return practical.test(email) ? accept(email) : wrongFormat
}
