import { messages } from '../../shared/locales/index.ts'
import type { Language } from '../../shared/locales/index.ts'
import { createFormat } from '../../renderer/src/ui/format.ts'
import type { Format } from '../../renderer/src/ui/format.ts'

export { languages } from '../../shared/locales/index.ts'
export type { Language }

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> }

/** The desk's own words in one language: specs follow them, so that they run in both. */
export type Words = Texts<(typeof messages)['it']>

export function wordsOf(language: Language): Words {
  return messages[language]
}

export function formatOf(language: Language): Format {
  return createFormat(language)
}

/** A message with its placeholders filled in; `n` also chooses among `a | b` (one, many) or `a | b | c` (none, one, many). */
export function fill(message: string, params: Readonly<Record<string, string | number>> = {}): string {
  const forms = message.split(' | ')
  const n = Number(params['n'] ?? 1)
  const form = forms.length === 2 ? (n === 1 ? 0 : 1) : Math.min(n, forms.length - 1)
  const text = forms.length === 1 ? message : (forms[form] ?? message)
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

/** A message as a pattern: what its placeholders will hold is not known. */
export function pattern(message: string): RegExp {
  return new RegExp(`^${message.split(/\{\w+\}/).map(literally).join('.+')}$`)
}

/** Names that begin with these words, such as a tab with its count. */
export function beginning(text: string): RegExp {
  return new RegExp(`^${literally(text)}`)
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}
