import { describe, expect, it } from 'vitest'
import { createNewTicketForm } from '../../../renderer/src/features/tickets/new-ticket-form.ts'
import { draftOf, emptyTicket, formFromDraft, problemsOf, ticketInput } from '../../../renderer/src/features/tickets/new-ticket.ts'
import type { NewTicket } from '../../../renderer/src/features/tickets/new-ticket.ts'
import type { SupplyView } from '../../../shared/contract/customers.ts'
import { ticketsCalls } from '../../../shared/contract/tickets.ts'
import { civilDay } from '../../../shared/domain/civil-day.ts'
import type { Commodity } from '../../../shared/domain/records/master.ts'
import { fakeCore } from '../support/fake-core.ts'
import type { FakeAnswers } from '../support/fake-core.ts'
import { sampleTicket } from './sample-ticket.ts'

const today = civilDay(2026, 11, 20)
const filled: NewTicket = { ...emptyTicket(today), area: 'water', type: 'complaint', subject: 'Bolletta raddoppiata', text: 'Non è la mia lettura.' }

function supply(supplyPointId: string, commodity: Commodity): SupplyView {
  return { contractId: `c-${supplyPointId}`, supplyPointId, commodity, code: supplyPointId, serviceCode: '1', active: true, domestic: true, startDay: today, endDay: null, directDebit: false, billDelivery: 'paper', address: null, powerW: null, useClass: null, resident: null, surfaceM2: null, occupants: null, meters: [] }
}

const drafts: NonNullable<FakeAnswers['workspace']> = { saveDraft: () => ({ ok: true, value: { savedAt: '2026-11-20T09:00:00.000Z' } }), loadDraft: () => ({ ok: true, value: null }) }
function form(answers: FakeAnswers = {}, supplies: readonly SupplyView[] = [], supplyPointId: string | null = null) {
  const { core, asked } = fakeCore({ workspace: drafts, ...answers })
  return { model: createNewTicketForm(core, 'nord:000002', { today: () => today, supplies: () => supplies, supplyPointId }), asked }
}

describe('the day a ticket was received', () => {
  it.each([
    ['20/11/2026', undefined],
    ['1/2/2026', undefined],
    ['2026-11-19', undefined],
    ['21/11/2026', 'tickets.create.day.future'],
    ['31/02/2026', 'tickets.create.day.calendar'],
    ['ieri', 'tickets.create.day.format'],
    ['', 'tickets.create.day.format'],
  ])('%s', (received, problem) => {
    expect(problemsOf({ ...filled, received }, today).received).toBe(problem)
  })
})

describe('a new ticket', () => {
  it('names every field that is missing', () => {
    expect(problemsOf(emptyTicket(today), today)).toEqual({ area: 'tickets.create.missing.area', type: 'tickets.create.missing.type', subject: 'tickets.create.missing.subject' })
  })

  it('hands the core what its door takes', () => {
    const input = ticketInput({ ...filled, received: '13/11/2026' }, 'nord:000002')
    expect(ticketsCalls.open.input.parse(input)).toMatchObject({ receivedDay: '2026-11-13', supplyPointId: null, area: 'water', priority: 'normal' })
  })

  it('comes back from its draft as it was, and a spoilt draft is an empty form', () => {
    expect(formFromDraft(draftOf(filled), emptyTicket(today))).toEqual(filled)
    expect(formFromDraft('{"area":"fire","type":7}', emptyTicket(today))).toEqual(emptyTicket(today))
    expect(draftOf(emptyTicket(today))).toBe('')
  })
})

describe('the form of a new ticket', () => {
  it('takes the area from the supply point', () => {
    const { model } = form({}, [supply('nord:W:1', 'water'), supply('nord:G:1', 'gas')])
    expect(model.form.value.area).toBe('')
    model.change({ supplyPointId: 'nord:G:1' })
    expect(model.form.value.area).toBe('energy')
  })

  it('starts on the supply point of the sheet', () => {
    const { model } = form({}, [supply('nord:W:1', 'water'), supply('nord:G:1', 'gas')], 'nord:W:1')
    expect(model.form.value).toMatchObject({ supplyPointId: 'nord:W:1', area: 'water', received: '20/11/2026' })
  })

  it('asks nothing of the core while a field is wrong, and says which', async () => {
    const { model, asked } = form()
    expect(await model.submit()).toBeNull()
    expect(Object.keys(model.problems.value)).toEqual(['area', 'type', 'subject'])
    expect(asked).toEqual([])
  })

  it('opens the ticket and drops the draft', async () => {
    const { model, asked } = form({ tickets: { open: () => ({ ok: true, value: sampleTicket() }) } })
    model.change(filled)
    expect((await model.submit())?.code).toBe('T-2026-ABC2345')
    expect(asked.at(-1)).toEqual({ call: 'workspace.saveDraft', input: { key: 'ticket.new:nord:000002', text: '' } })
    expect(model.form.value.subject).toBe('')
  })

  it('keeps what was written and shows the refusal at its field', async () => {
    const { model } = form({ tickets: { open: () => ({ ok: false, error: { code: 'received_in_future' } }) } })
    model.change(filled)
    expect(await model.submit()).toBeNull()
    expect(model.problems.value).toEqual({ received: 'tickets.error.receivedInFuture' })
    expect(model.form.value.text).toBe('Non è la mia lettura.')
  })

  it('does not put a draft over what somebody has begun to write', async () => {
    const { model } = form({ workspace: { ...drafts, loadDraft: () => ({ ok: true, value: { text: draftOf(filled), savedAt: '2026-11-20T09:00:00.000Z' } }) } })
    const restoring = model.restore()
    model.change({ subject: 'Altro' })
    await restoring
    expect(model.form.value.subject).toBe('Altro')
  })
})
