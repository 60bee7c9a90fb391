import type { Check } from '../../../../shared/domain/check.ts'
import { checkTaxCode, normaliseTaxCode } from '../../../../shared/domain/tax-code.ts'
import { suggestTaxCode } from '../../../../shared/domain/tax-code-suggest.ts'
import { checkVatNumber, normaliseVatNumber, suggestVatNumber } from '../../../../shared/domain/vat-number.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import { codeReason } from './portal-reasons.ts'

/** What the field says about a code while it is being typed. It never blocks: the core compares with the holder's. */
export type CodeCheck = {
  /** What is wrong; `undefined` while all is well or the code is not finished. */
  readonly reason: MessageKey | undefined
  /** Right codes near the typed one, likeliest first; taken by a press, never by itself. */
  readonly corrections: readonly string[]
  readonly right: boolean
}

const nothingToSay: CodeCheck = { reason: undefined, corrections: [], right: false }
const mostCorrections = 3
const taxCodeLength = 16
const vatNumberLength = 11

/** @param left whether the person has left the field: then an unfinished code is told too */
export function watchTaxCode(text: string, left: boolean): CodeCheck {
  const code = normaliseTaxCode(text)
  if (code === '') return nothingToSay
  return judged(checkTaxCode(text), left || code.length >= taxCodeLength, () => {
    const personal = suggestTaxCode(text, mostCorrections)
    return personal.length > 0 ? personal : suggestVatNumber(text, mostCorrections)
  })
}

/** @param left whether the person has left the field: then an unfinished code is told too */
export function watchVatNumber(text: string, left: boolean): CodeCheck {
  const code = normaliseVatNumber(text)
  if (code === '') return nothingToSay
  return judged(checkVatNumber(text), left || code.length >= vatNumberLength, () => suggestVatNumber(text, mostCorrections))
}

function judged(check: Check<string>, finished: boolean, corrections: () => readonly string[]): CodeCheck {
  if (check.ok) return { reason: check.warning === undefined ? undefined : codeReason(check.warning), corrections: [], right: check.warning === undefined }
  return finished ? { reason: codeReason(check.reason), corrections: corrections(), right: false } : nothingToSay
}
