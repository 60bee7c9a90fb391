import { describe, expect, it } from 'vitest'
import { createTicketRecord, needsText, usualStep } from '../../../renderer/src/features/tickets/ticket-record.ts'
import type { ReplyOf } from '../../../shared/contract/call.ts'
import type { ticketsCalls } from '../../../shared/contract/tickets.ts'
import { allowedSteps } from '../../../shared/domain/ticket.ts'
import { fakeCore, later } from '../support/fake-core.ts'
import { sampleTicket } from './sample-ticket.ts'

type GetReply = ReplyOf<typeof ticketsCalls.get>

describe('a ticket on the screen', () => {
  it('shows where a step has led without asking again', async () => {
    const { core, asked } = fakeCore({ tickets: { get: () => ({ ok: true, value: sampleTicket() }), take: () => ({ ok: true, value: sampleTicket({ state: 'in_charge' }) }) } })
    const record = createTicketRecord(core, 'ticket-1')
    await record.load()
    expect(await record.step('take', '')).toBe(true)
    expect(record.detail.value?.state).toBe('in_charge')
    expect(asked.map(({ call }) => call)).toEqual(['tickets.get', 'tickets.take'])
  })

  it('never puts an older answer over a newer one', async () => {
    const slow = later<GetReply>()
    const answers: (GetReply | Promise<GetReply>)[] = [slow.answer, { ok: true, value: sampleTicket({ state: 'answered' }) }]
    const { core } = fakeCore({ tickets: { get: () => answers.shift() ?? { ok: false, error: { code: 'internal' } } } })
    const record = createTicketRecord(core, 'ticket-1')
    const first = record.load()
    await record.load()
    slow.give({ ok: true, value: sampleTicket({ state: 'new' }) })
    await first
    expect(record.detail.value?.state).toBe('answered')
  })

  it('shows the state found when somebody else has moved it', async () => {
    const { core } = fakeCore({
      tickets: { get: () => ({ ok: true, value: sampleTicket({ state: 'closed' }) }), answer: () => ({ ok: false, error: { code: 'step_not_allowed', details: { state: 'closed' } } }) },
    })
    const record = createTicketRecord(core, 'ticket-1')
    expect(await record.step('answer', 'Gentile cliente')).toBe(false)
    expect(record.stepProblem.value).toMatchObject({ step: 'answer', error: { code: 'step_not_allowed' } })
    expect(record.detail.value?.state).toBe('closed')
  })

  it('keeps the ticket in sight when an answer is missing', async () => {
    const { core } = fakeCore({ tickets: { get: () => ({ ok: true, value: sampleTicket({ state: 'in_charge' }) }), close: () => ({ ok: false, error: { code: 'answer_missing' } }) } })
    const record = createTicketRecord(core, 'ticket-1')
    await record.load()
    expect(await record.step('close', '')).toBe(false)
    expect(record.detail.value?.state).toBe('in_charge')
    expect(record.stepProblem.value?.error.code).toBe('answer_missing')
  })

  it('does not take a step twice', async () => {
    const { core, asked } = fakeCore({ tickets: { take: () => ({ ok: true, value: sampleTicket({ state: 'in_charge' }) }) } })
    const record = createTicketRecord(core, 'ticket-1')
    const both = await Promise.all([record.step('take', ''), record.step('take', '')])
    expect(both).toEqual([true, false])
    expect(asked).toHaveLength(1)
  })
})

describe('the step that usually comes next', () => {
  it.each([
    ['new', null],
    ['in_charge', 'answer'],
    ['waiting', 'answer'],
    ['answered', 'close'],
    ['closed', null],
    ['cancelled', null],
  ] as const)('from %s is %s', (state, step) => {
    expect(usualStep(allowedSteps(state))).toBe(step)
  })

  it('asks for words wherever the operation refuses a step without them', () => {
    expect((['take', 'note', 'wait', 'answer', 'close', 'reopen', 'cancel'] as const).filter((step) => !needsText(step))).toEqual(['take', 'close'])
  })
})
