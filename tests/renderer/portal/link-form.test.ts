import { describe, expect, it } from 'vitest'
import { createLinkForm, draftOf, fillFromDraft } from '../../../renderer/src/features/portal/link-form.ts'
import type { LinkField } from '../../../renderer/src/features/portal/link-form.ts'
import { linkReasons } from '../../../renderer/src/features/portal/portal-reasons.ts'
import type { LinkError } from '../../../renderer/src/features/portal/portal-reasons.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract/call.ts'
import type { portalCalls } from '../../../shared/contract/portal.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { messages } from '../../../shared/locales/index.ts'
import { sampleLink } from './sample-link.ts'

type Link = (typeof portalCalls)['link']

function open(answer: () => ReplyOf<Link>) {
  const sent: InputOf<Link>[] = []
  let readAgain = 0
  const form = createLinkForm({
    customerId: 'c1',
    declarationVersion: () => 'dpr445-1',
    link: (input) => {
      sent.push(input)
      return Promise.resolve(answer())
    },
    declarationChanged: () => {
      readAgain += 1
      return Promise.resolve()
    },
  })
  return { form, sent, readAgain: () => readAgain }
}
const filled = { customerCode: '005007', serviceCode: '2200418', taxCode: 'RSSMRA80A01H501U', vatNumber: '', declaredAs: 'holder', accepted: true } as const

describe('Aggancio servizi', () => {
  it('sends what was written, with the version of the declaration that was read', async () => {
    const { form, sent } = open(() => ok(sampleLink()))
    Object.assign(form.fields, filled)
    expect(await form.submit()).toBeNull()
    expect(sent).toEqual([{ customerId: 'c1', customerCode: '005007', serviceCode: '2200418', taxCode: 'RSSMRA80A01H501U', vatNumber: '', declaredAs: 'holder', declarationAccepted: true, declarationVersion: 'dpr445-1' }])
  })

  it('stays ready for the next service of the same holder, and asks for the declaration again', async () => {
    const { form } = open(() => ok(sampleLink()))
    Object.assign(form.fields, filled)
    await form.submit()
    expect(form.fields).toEqual({ ...filled, serviceCode: '', accepted: false })
    expect(form.added.value?.receipt).toBe('queued')
  })

  it('asks for what is missing before anything is sent, the tick too', async () => {
    const { form, sent } = open(() => ok(sampleLink()))
    expect(await form.submit()).toBe('customerCode')
    expect(Object.keys(form.errors)).toEqual(['customerCode', 'serviceCode', 'declaredAs', 'accepted'])
    Object.assign(form.fields, { ...filled, accepted: false })
    expect(await form.submit()).toBe('accepted')
    expect(form.errors.accepted).toBe('portal.error.declaration_missing')
    expect(sent).toEqual([])
  })

  it.each<[LinkError, LinkField]>([
    ['service_not_found', 'serviceCode'],
    ['already_linked', 'serviceCode'],
    ['customer_code_mismatch', 'customerCode'],
    ['tax_code_required', 'taxCode'],
    ['tax_code_must_be_empty', 'taxCode'],
    ['tax_code_mismatch', 'taxCode'],
    ['vat_number_required', 'vatNumber'],
    ['vat_number_not_for_domestic', 'vatNumber'],
    ['vat_number_mismatch', 'vatNumber'],
    ['not_holder', 'declaredAs'],
    ['declaration_missing', 'accepted'],
  ])('tells %s at the field it is about, and keeps every word', async (code, field) => {
    const { form } = open(() => refuse(code))
    Object.assign(form.fields, filled)
    expect(await form.submit()).toBe(field)
    expect(form.errors).toEqual({ [field]: linkReasons[code] })
    expect(form.fields).toEqual(filled)
  })

  it('tells what is about no field over the form', async () => {
    const { form } = open(() => refuse('storage_full'))
    Object.assign(form.fields, filled)
    expect(await form.submit()).toBeNull()
    expect(form.refusal.value?.code).toBe('storage_full')
    expect(form.added.value).toBeNull()
    expect(form.fields).toEqual(filled)
  })

  it('brings the new text when the declaration has changed, and wants it read again', async () => {
    const { form, readAgain } = open(() => refuse('declaration_outdated'))
    Object.assign(form.fields, filled)
    expect(await form.submit()).toBe('accepted')
    expect([readAgain(), form.fields.accepted]).toEqual([1, false])
  })

  it('takes back what it said when the field is changed; tax code and VAT number go together', async () => {
    const { form } = open(() => refuse('tax_code_must_be_empty'))
    Object.assign(form.fields, filled)
    await form.submit()
    form.touch('vatNumber')
    expect(form.errors).toEqual({})
  })

  it('has a text in both languages for each refusal', () => {
    for (const key of Object.values(linkReasons)) {
      for (const language of ['it', 'en'] as const) {
        const text = key.split('.').reduce<unknown>((tree, part) => (typeof tree === 'object' && tree !== null ? Reflect.get(tree, part) : undefined), messages[language])
        expect(typeof text, key).toBe('string')
      }
    }
  })
})

describe('the draft of the form', () => {
  it('brings everything back but the tick', () => {
    const { form } = open(() => ok(sampleLink()))
    fillFromDraft(form.fields, draftOf({ ...filled, declaredAs: 'authorised' }))
    expect(form.fields).toEqual({ ...filled, declaredAs: 'authorised', accepted: false })
  })
  it('is nothing for an empty form, and nothing is made of a text that is no draft', () => {
    const { form } = open(() => ok(sampleLink()))
    expect(draftOf(form.fields)).toBe('')
    for (const text of ['', '{', '[]', 'null', '{"customerCode":7,"declaredAs":"nobody"}']) fillFromDraft(form.fields, text)
    expect(draftOf(form.fields)).toBe('')
  })
})
