import { computed, reactive, ref, shallowRef } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { CommonError, InputOf, ReplyOf } from '../../../../shared/contract/call.ts'
import type { LinkView, portalCalls } from '../../../../shared/contract/portal.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import { watchTaxCode, watchVatNumber } from './code-check.ts'
import type { CodeCheck } from './code-check.ts'
import { linkReasons } from './portal-reasons.ts'
import type { LinkError } from './portal-reasons.ts'

type Link = (typeof portalCalls)['link']
export type LinkFields = { customerCode: string; serviceCode: string; taxCode: string; vatNumber: string; declaredAs: 'holder' | 'authorised' | ''; accepted: boolean }
export type LinkField = keyof LinkFields
export type LinkRefusal = Refused<LinkError | CommonError>['error']

/** Where a refusal is told: at the field it is about, or over the whole form. */
const placeOf: Readonly<Record<LinkError, LinkField | 'form'>> = {
  customer_not_found: 'form',
  declaration_missing: 'accepted',
  declaration_outdated: 'accepted',
  service_not_found: 'serviceCode',
  customer_code_mismatch: 'customerCode',
  tax_code_required: 'taxCode',
  vat_number_required: 'vatNumber',
  tax_code_must_be_empty: 'taxCode',
  vat_number_not_for_domestic: 'vatNumber',
  tax_code_mismatch: 'taxCode',
  vat_number_mismatch: 'vatNumber',
  already_linked: 'serviceCode',
  not_holder: 'declaredAs',
}
/** In the order of the form. */
export const linkFields = ['customerCode', 'serviceCode', 'taxCode', 'vatNumber', 'declaredAs', 'accepted'] as const satisfies readonly LinkField[]

export type LinkForm = {
  readonly fields: LinkFields
  readonly errors: { readonly [F in LinkField]?: MessageKey }
  /** A refusal that is about no field. */
  readonly refusal: ShallowRef<LinkRefusal | null>
  readonly busy: Readonly<Ref<boolean>>
  /** The service linked last. */
  readonly added: ShallowRef<LinkView | null>
  readonly left: { taxCode: boolean; vatNumber: boolean }
  readonly taxCode: ComputedRef<CodeCheck>
  readonly vatNumber: ComputedRef<CodeCheck>
  /** A field was changed: what was said about it no longer holds. */
  readonly touch: (field: LinkField) => void
  /** Sends it; answers the first field to look at, `null` when the service is linked or the refusal is about no field. */
  readonly submit: () => Promise<LinkField | null>
}

/**
 * The form "Aggancio servizi" (S4). It keeps what was written on every refusal; after a success it keeps customer code and
 * identity for the next service of the same holder, and asks for the declaration again, which is about one service.
 */
export function createLinkForm(parts: {
  readonly customerId: string
  readonly declarationVersion: () => string
  readonly link: (input: InputOf<Link>) => Promise<ReplyOf<Link>>
  /** The text to be read has changed: it must be on the screen before anything is sent. */
  readonly declarationChanged: () => Promise<void>
}): LinkForm {
  const fields = reactive<LinkFields>({ customerCode: '', serviceCode: '', taxCode: '', vatNumber: '', declaredAs: '', accepted: false })
  const errors = reactive<{ [F in LinkField]?: MessageKey }>({})
  const left = reactive({ taxCode: false, vatNumber: false })
  const refusal = shallowRef<LinkRefusal | null>(null)
  const busy = ref(false)
  const added = shallowRef<LinkView | null>(null)

  const firstWrong = (): LinkField | null => linkFields.find((field) => errors[field] !== undefined) ?? null

  function touch(field: LinkField): void {
    delete errors[field]
    // Both are about who the holder is: changing one may settle what was said about the other.
    if (field === 'taxCode') delete errors.vatNumber
    if (field === 'vatNumber') delete errors.taxCode
    refusal.value = null
    added.value = null
  }

  function checkFilled(): void {
    for (const field of ['customerCode', 'serviceCode'] as const) if (fields[field].trim() === '') errors[field] = 'portal.form.required'
    if (fields.declaredAs === '') errors.declaredAs = 'portal.form.required'
    if (!fields.accepted) errors.accepted = linkReasons.declaration_missing
  }

  async function submit(): Promise<LinkField | null> {
    if (busy.value) return null
    for (const field of linkFields) delete errors[field]
    refusal.value = null
    checkFilled()
    const { declaredAs } = fields
    if (firstWrong() !== null || declaredAs === '') return firstWrong()
    busy.value = true
    const { customerCode, serviceCode, taxCode, vatNumber, accepted } = fields
    const reply = await parts.link({ customerId: parts.customerId, customerCode, serviceCode, taxCode, vatNumber, declaredAs, declarationAccepted: accepted, declarationVersion: parts.declarationVersion() })
    busy.value = false
    if (reply.ok) {
      added.value = reply.value
      fields.serviceCode = ''
      fields.accepted = false
      return null
    }
    await tell(reply.error)
    return firstWrong()
  }

  async function tell(error: LinkRefusal): Promise<void> {
    const place = isLinkError(error.code) ? placeOf[error.code] : 'form'
    if (place === 'form') {
      refusal.value = error
      return
    }
    if (error.code === 'declaration_outdated') {
      fields.accepted = false
      await parts.declarationChanged()
    }
    errors[place] = linkReasons[error.code]
  }

  return {
    fields,
    errors,
    refusal,
    busy,
    added,
    left,
    taxCode: computed(() => watchTaxCode(fields.taxCode, left.taxCode)),
    vatNumber: computed(() => watchVatNumber(fields.vatNumber, left.vatNumber)),
    touch,
    submit,
  }
}

function isLinkError(code: LinkError | CommonError): code is LinkError {
  return code in placeOf
}

type DraftFields = Omit<LinkFields, 'accepted'>

/** What is kept while it is being written; never the tick: the declaration is made each time. '' for an empty form. */
export function draftOf({ customerCode, serviceCode, taxCode, vatNumber, declaredAs }: LinkFields): string {
  const kept: DraftFields = { customerCode, serviceCode, taxCode, vatNumber, declaredAs }
  return Object.values(kept).every((value) => value === '') ? '' : JSON.stringify(kept)
}

/** Fills a form from its draft; a text that is none changes nothing. */
export function fillFromDraft(fields: LinkFields, text: string): void {
  const kept = parsed(text)
  for (const field of ['customerCode', 'serviceCode', 'taxCode', 'vatNumber'] as const) {
    const value = kept[field]
    if (typeof value === 'string') fields[field] = value
  }
  if (kept.declaredAs === 'holder' || kept.declaredAs === 'authorised') fields.declaredAs = kept.declaredAs
}

function parsed(text: string): { readonly [F in keyof DraftFields]?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
