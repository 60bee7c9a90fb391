import { compactCode } from '../../../shared/domain/compact.ts'
import { phoneKey } from '../../../shared/domain/phone.ts'
import { family } from './key-space.ts'
import type { LookupDocument } from './search-document.ts'

/** Kinds of codes; the letter is the last but one character of a code key. */
export const codeKind = {
  customer_code: 'k', tax_code: 'c', vat_number: 'v', phone: 'p', pod: 'o', pdr: 'g', meter_serial: 'r', service_code: 'x',
} as const
export type CodeKind = keyof typeof codeKind

const byLetter = new Map<string, CodeKind>(Object.entries(codeKind).map(([kind, letter]) => [letter, kind as CodeKind]))
const MAX_CODE = 32

/**
 * A code as it is compared: look-alikes put together (O is 0, I is 1), leading zeros taken off and counted, because people leave them
 * out. "IT" in front of a figure is dropped (POD, partita IVA). Empty when nothing is left.
 */
export type CodeText = { readonly text: string; readonly zeros: number }

export function codeText(raw: string): CodeText {
  let text = compactCode(raw).replace(/[^0-9A-Z]/g, '').slice(0, MAX_CODE).toLowerCase().replaceAll('o', '0').replaceAll('i', '1')
  if (text.length > 2 && text.startsWith('1t') && text.charCodeAt(2) < 58) text = text.slice(2)
  let zeros = 0
  while (zeros < text.length - 1 && text.charCodeAt(zeros) === 48) zeros++
  return { text: text.slice(zeros), zeros: Math.min(zeros, 9) }
}

/** What the documents' side of a code key says: kind and how many leading zeros the code has. */
export function readCodeKey(key: string): { readonly text: string; readonly kind: CodeKind; readonly zeros: number } {
  const at = key.lastIndexOf('!')
  return { text: key.slice(1, at), kind: byLetter.get(key.charAt(at + 1)) ?? 'service_code', zeros: key.charCodeAt(at + 2) - 48 }
}

/** A code of a customer in every spelling it is found by, with the value a result row shows. */
export type DocumentCode = { readonly kind: CodeKind; readonly value: string; readonly searched: string }

const letterFront = /^[A-Z]+(?=[0-9]{4,}$)/

/** Every code of a customer. */
export function documentCodes(doc: LookupDocument): DocumentCode[] {
  const found: DocumentCode[] = []
  const add = (kind: CodeKind, value: string | null, searched = value): void => {
    if (value !== null && searched !== null && searched !== '') found.push({ kind, value, searched })
  }
  add('customer_code', doc.code)
  add('tax_code', doc.taxCode)
  if (doc.vatNumber !== doc.taxCode) add('vat_number', doc.vatNumber)
  for (const phone of doc.phones) add('phone', phone, phoneKey(phone) || phone)
  for (const supply of doc.supplies) {
    add('service_code', supply.serviceCode)
    const code = compactCode(supply.code)
    if (supply.commodity === 'electricity' && code.length >= 14) {
      add('pod', supply.code, code.slice(0, 14))
      // What the display of the meter shows: the part after distributor and letter.
      add('pod', supply.code, code.slice(6))
    } else {
      add(supply.commodity === 'electricity' ? 'pod' : supply.commodity === 'gas' ? 'pdr' : 'service_code', supply.code)
    }
    for (const serial of supply.serials) {
      add('meter_serial', serial)
      const front = letterFront.exec(compactCode(serial))?.[0]
      if (front !== undefined) add('meter_serial', serial, compactCode(serial).slice(front.length))
    }
  }
  return found
}

/** Key of a code. */
export function codeKey({ kind, searched }: DocumentCode): string {
  const { text, zeros } = codeText(searched)
  return text === '' ? '' : `${family.code}${text}!${codeKind[kind]}${zeros}`
}

/** Whether a code of a customer answers to what was typed: forgiving about leading zeros, strict where the typed zeros are the code's. */
export function codeAnswers(typed: CodeText, text: string, zeros: number): boolean {
  return text === typed.text || (text.startsWith(typed.text) && (typed.zeros === 0 || typed.zeros === zeros))
}
