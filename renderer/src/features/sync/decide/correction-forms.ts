/** The form in which each kind of operation is written again: its fields as they were typed, and which refusals belong to which. */
import type { Json } from '../../../../../shared/domain/json.ts'
import { formatCivilDay, isCivilDay, parseCivilDay } from '../../../../../shared/domain/civil-day.ts'
import { currentDeclaration } from '../../../../../shared/domain/declaration.ts'
import { parseQuantity } from '../../../../../shared/domain/quantity.ts'
import { ticketAreas, ticketChannels, ticketTypes } from '../../../../../shared/domain/records/tickets.ts'
import type { OperationKind } from '../../../../../shared/operations/all.ts'
import type { MessageKey } from '../../../../../shared/locales/index.ts'
import { areaKeys, channelKeys, typeKeys } from '../../tickets/ticket-words.ts'

export type Fields = { readonly [name: string]: Json | undefined }
/** What stands in the form, by field. */
export type Values = { readonly [field: string]: string }
export type FormField = {
  readonly name: string
  readonly label: MessageKey
  readonly control: 'line' | 'text' | 'day' | 'number' | 'choice' | 'tick'
  readonly options?: readonly { readonly value: string; readonly label: MessageKey }[]
  /** Codes of the hub that are said at this field. */
  readonly codes: readonly string[]
  readonly help?: MessageKey
  readonly most?: number
  /** Of a field with a value before and one that stands now. */
  readonly change?: { readonly from: string | null }
}
export type CorrectionForm = {
  /** Which of them are shown for what was written, refused with these codes, and typed into the form before. */
  readonly fields: (input: Fields, codes: readonly string[], typed: Values) => readonly FormField[]
  readonly values: (input: Fields) => Values
  /** What is sent of it, or the fields that cannot be read as they are. */
  readonly send: (values: Values, input: Fields) => { readonly ok: true; readonly fields: { readonly [name: string]: Json } } | { readonly ok: false; readonly wrong: { readonly [field: string]: MessageKey } }
  /** A reading counts for the day it is entered. */
  readonly countsToday?: boolean
}

const text = (input: Fields, name: string): string => (typeof input[name] === 'string' ? input[name] : '')
const field = (name: string, label: MessageKey, control: FormField['control'], codes: readonly string[] = [], more: Partial<FormField> = {}): FormField => ({ name, label, control, codes, ...more })

/** Fields that are texts and are sent as they stand. */
function plain(fields: readonly FormField[]): CorrectionForm {
  return {
    fields: () => fields,
    values: (input) => Object.fromEntries(fields.map(({ name }) => [name, text(input, name)])),
    send: (values) => ({ ok: true, fields: Object.fromEntries(fields.map(({ name }) => [name, values[name] ?? ''])) }),
  }
}

const words = plain([field('text', 'inbox.late.text', 'text', ['answer_missing'], { most: 20_000 })])
const reason = plain([field('reason', 'inbox.correct.reason', 'text', ['reason_missing'], { most: 500 })])

const ticketFields = [
  field('supplyPointId', 'inbox.correct.supply', 'choice', ['supply_point_not_of_customer'], { options: [{ value: 'kept', label: 'inbox.correct.supplyKept' }, { value: '', label: 'inbox.correct.supplyNone' }] }),
  field('area', 'tickets.create.area', 'choice', [], { options: ticketAreas.map((value) => ({ value, label: areaKeys[value] })) }),
  field('type', 'tickets.create.type', 'choice', [], { options: ticketTypes.map((value) => ({ value, label: typeKeys[value] })) }),
  field('channel', 'tickets.create.channel', 'choice', [], { options: ticketChannels.map((value) => ({ value, label: channelKeys[value] })) }),
  field('receivedDay', 'tickets.create.received', 'day', ['received_in_future']),
  field('subject', 'tickets.create.subject', 'line', [], { most: 200 }),
  field('text', 'tickets.create.text', 'text', [], { most: 20_000 }),
  field('priority', 'tickets.create.priority', 'choice', [], { options: [{ value: 'normal', label: 'tickets.priority.normal' }, { value: 'high', label: 'tickets.priority.high' }] }),
]
const openTicket: CorrectionForm = {
  fields: (input) => ticketFields.filter(({ name }) => name !== 'supplyPointId' || text(input, name) !== ''),
  values: (input) => ({
    ...Object.fromEntries(ticketFields.map(({ name }) => [name, text(input, name)])),
    receivedDay: isCivilDay(text(input, 'receivedDay')) ? formatCivilDay(text(input, 'receivedDay') as Parameters<typeof formatCivilDay>[0]) : text(input, 'receivedDay'),
    supplyPointId: text(input, 'supplyPointId') === '' ? '' : 'kept',
  }),
  send: (values, input) => {
    const day = parseCivilDay(values['receivedDay'] ?? '')
    if (!day.ok) return { ok: false, wrong: { receivedDay: 'inbox.correct.dayFormat' } }
    return { ok: true, fields: { ...values, receivedDay: day.value, supplyPointId: values['supplyPointId'] === 'kept' ? text(input, 'supplyPointId') : null } }
  },
}

const readingFields = [
  field('value', 'inbox.correct.value', 'number', ['too_many_digits', 'decimals_not_shown', 'day_taken', 'outside_window'], { help: 'inbox.correct.wholeOnly' }),
  field('value2', 'inbox.correct.value2', 'number', ['bands_mismatch']),
  field('value3', 'inbox.correct.value3', 'number', ['bands_mismatch']),
  field('correctorValue', 'inbox.correct.corrector', 'number', ['corrector_missing', 'corrector_not_expected']),
  field('reason', 'inbox.correct.reason', 'text', ['reason_missing'], { most: 500 }),
]
const enterReading: CorrectionForm = {
  countsToday: true,
  // Of a meter without bands nobody is asked for them.
  fields: (input, refused, typed) => readingFields.filter(({ name, codes }) => name === 'value' || name === 'reason' || typeof input[name] === 'number' || (typed[name] ?? '') !== '' || codes.some((code) => refused.includes(code))),
  values: (input) => ({ ...Object.fromEntries(readingFields.map(({ name }) => [name, typeof input[name] === 'number' ? String(input[name] / 1000).replace('.', ',') : ''])), reason: text(input, 'reason') }),
  send: (values) => {
    const numbers = readingFields.filter(({ control }) => control === 'number').map(({ name }) => [name, (values[name] ?? '').trim() === '' ? null : parseQuantity(values[name] ?? '')] as const)
    const problem = (name: string, read: (typeof numbers)[number][1]): MessageKey | null => (read === null ? (name === 'value' ? 'inbox.correct.missing' : null) : read.ok ? null : 'inbox.correct.wholeOnly')
    const wrong: Record<string, MessageKey> = {}
    for (const [name, read] of numbers) {
      const key = problem(name, read)
      if (key !== null) wrong[name] = key
    }
    if (Object.keys(wrong).length > 0) return { ok: false, wrong }
    const fields = Object.fromEntries(numbers.map(([name, read]) => [name, read?.ok === true ? read.value.milli : null]))
    return { ok: true, fields: { ...fields, reason: (values['reason'] ?? '').trim() === '' ? null : (values['reason'] ?? '') } }
  },
}

const linkFields = [
  field('customerCode', 'portal.form.customerCode', 'line', ['customer_code_mismatch'], { most: 40 }),
  field('serviceCode', 'portal.form.serviceCode', 'line', ['service_not_found', 'already_linked'], { most: 40 }),
  field('taxCode', 'portal.form.taxCode', 'line', ['tax_code_required', 'tax_code_must_be_empty', 'tax_code_mismatch'], { most: 40 }),
  field('vatNumber', 'portal.form.vatNumber', 'line', ['vat_number_required', 'vat_number_not_for_domestic', 'vat_number_mismatch'], { most: 40 }),
  field('declaredAs', 'portal.form.declaredAs', 'choice', ['not_holder'], { options: [{ value: 'holder', label: 'portal.form.holder' }, { value: 'authorised', label: 'portal.form.authorised' }] }),
  field('declaration', 'portal.form.accepted', 'tick', ['declaration_missing', 'declaration_outdated']),
]
const linkContract: CorrectionForm = {
  fields: () => linkFields,
  values: (input) => ({
    ...Object.fromEntries(linkFields.map(({ name }) => [name, text(input, name)])),
    // A text that has changed since has to be read again.
    declaration: input['declarationAccepted'] === true && input['declarationVersion'] === currentDeclaration ? 'yes' : '',
  }),
  send: ({ declaration, ...values }) => ({ ok: true, fields: { ...values, declarationAccepted: declaration === 'yes', declarationVersion: currentDeclaration } }),
}

type Change = { readonly field: string; readonly from: string | null; readonly to: string | null }
const changesOf = (input: Fields): readonly Change[] => (Array.isArray(input['changes']) ? (input['changes'] as readonly Change[]) : [])
const labels: Readonly<Record<string, MessageKey>> = {
  phone: 'contact.phone', mobile: 'contact.mobile', email: 'contact.email', lastName: 'inbox.correct.lastName', firstName: 'inbox.correct.firstName', companyName: 'inbox.correct.companyName',
  taxCode: 'portal.form.taxCode', vatNumber: 'portal.form.vatNumber',
}
const codesOf: Readonly<Record<string, readonly string[]>> = { phone: ['phone_invalid'], mobile: ['phone_invalid'], email: ['email_invalid'], taxCode: ['tax_code_invalid'], vatNumber: ['vat_number_invalid'], lastName: ['name_missing'], companyName: ['name_missing'] }
/** Fields of a customer, each with what it was and what it is to be. */
function changes(more: readonly FormField[]): CorrectionForm {
  return {
    fields: (input) => [...changesOf(input).map(({ field: name, from }) => field(name, labels[name] ?? 'inbox.correct.value', 'line', [...(codesOf[name] ?? []), 'changed_meanwhile'], { most: 254, change: { from } })), ...more],
    values: (input) => ({ ...Object.fromEntries(changesOf(input).map(({ field: name, to }) => [name, to ?? ''])), ...Object.fromEntries(more.map(({ name }) => [name, text(input, name)])) }),
    send: (values, input) => ({ ok: true, fields: { changes: changesOf(input).map(({ field: name }) => ({ field: name, from: null, to: values[name] ?? '' })), ...Object.fromEntries(more.map(({ name }) => [name, values[name] ?? ''])) } }),
  }
}

/** `null`: not here; a kind that is forgotten does not compile. */
export const correctionForms: { readonly [K in OperationKind]: CorrectionForm | null } = {
  'ticket.open': openTicket,
  'ticket.take': words,
  'ticket.note': words,
  'ticket.wait': words,
  'ticket.answer': words,
  'ticket.close': words,
  'ticket.reopen': words,
  'ticket.cancel': words,
  'ticket.attach': plain([field('name', 'inbox.correct.fileName', 'line', ['already_attached'], { most: 255 })]),
  'reading.enter': enterReading,
  'reading.delete': plain([]),
  'reading.settle': reason,
  'reading.replace': { ...enterReading, countsToday: false },
  'portal.link': linkContract,
  'portal.unlink': reason,
  'customer.change-contact': changes([]),
  'customer.correct-identity': changes([field('reason', 'inbox.correct.reason', 'text', ['reason_missing'], { most: 500 })]),
  'customer.settle-conflict': plain([field('choice', 'inbox.correct.choice', 'choice', ['already_settled'], { options: [{ value: 'keep', label: 'inbox.correct.keep' }, { value: 'restore', label: 'inbox.correct.restore' }] })]),
  'person.add': null,
  'person.set-active': null,
  'entry.settle': null,
}

/** Where a refusal is said: the field it names, otherwise the one its code belongs to. */
export function fieldOf(fields: readonly FormField[], code: string, details: Json | undefined): string | null {
  const named = details !== null && typeof details === 'object' && !Array.isArray(details) && 'field' in details ? details.field : undefined
  return (fields.find(({ name }) => name === named) ?? fields.find(({ codes }) => codes.includes(code)))?.name ?? null
}
