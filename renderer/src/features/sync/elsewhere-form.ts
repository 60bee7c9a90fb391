import type { InputOf } from '../../../../shared/contract/call.ts'
import type { hubCalls, lookupReasons } from '../../../../shared/contract/hub.ts'
import { parseCivilDay } from '../../../../shared/domain/civil-day.ts'

type Reason = (typeof lookupReasons)[number]
export type ElsewhereFields = { reason: Reason; by: 'code' | 'facts'; code: string; name: string; birthDay: string; town: string; phone: string }
export type ElsewhereIssue = 'criteria_missing' | 'birth_day_invalid'

/** An empty form; what was typed into the lookup becomes the code when it looks like one, otherwise the name. */
export function emptyElsewhere(text: string): ElsewhereFields {
  const typed = text.trim().slice(0, 80)
  const looksLikeCode = /\d/u.test(typed) && !/\s\p{L}/u.test(typed)
  return { reason: 'caller', by: looksLikeCode || typed === '' ? 'code' : 'facts', code: looksLikeCode ? typed : '', name: looksLikeCode ? '' : typed, birthDay: '', town: '', phone: '' }
}

/** What is sent, or what is missing: a whole code, or two facts at least. Facts that are not in sight are not sent. */
export function elsewhereInput(fields: ElsewhereFields): { readonly ok: true; readonly input: InputOf<(typeof hubCalls)['lookupElsewhere']> } | { readonly ok: false; readonly issue: ElsewhereIssue } {
  if (fields.by === 'code') return fields.code.trim() === '' ? { ok: false, issue: 'criteria_missing' } : { ok: true, input: { reason: fields.reason, code: fields.code } }
  const { name, town, phone } = fields
  const day = fields.birthDay.trim() === '' ? null : parseCivilDay(fields.birthDay)
  if (day !== null && !day.ok) return { ok: false, issue: 'birth_day_invalid' }
  const birthDay = day === null ? '' : day.value
  const facts = [name, birthDay, town, phone].filter((fact) => fact.trim() !== '')
  return facts.length < 2 ? { ok: false, issue: 'criteria_missing' } : { ok: true, input: { reason: fields.reason, name, birthDay, town, phone } }
}
