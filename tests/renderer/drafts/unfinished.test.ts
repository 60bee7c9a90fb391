import { describe, expect, it } from 'vitest'
import { wayBack } from '../../../renderer/src/features/drafts/unfinished.ts'

const customer = { kind: 'customer', id: 'etra:1', title: 'Rossi Mario', look: 'person', supplyPointId: null } as const

describe('the way back to a text', () => {
  it('is the form it was typed into, in the tab of its record', () => {
    expect(wayBack({ key: 'ticket.new:etra:1', target: customer })).toEqual({ to: 'customer', id: 'etra:1', page: 'new-ticket' })
    expect(wayBack({ key: 'reading:etra:W:1', target: { ...customer, supplyPointId: 'etra:W:1' } })).toEqual({ to: 'customer', id: 'etra:1', page: 'new-reading', supplyPointId: 'etra:W:1' })
    expect(wayBack({ key: 'contact:etra:1', target: customer })).toEqual({ to: 'customer', id: 'etra:1', page: '' })
    expect(wayBack({ key: 'ticket:9:note', target: { kind: 'ticket', id: '9', title: 'T-1', look: 'ticket', supplyPointId: null } })).toEqual({ to: 'ticket', id: '9' })
    expect(wayBack({ key: 'correct:etra:1:op', target: customer })).toEqual({ to: 'area', name: 'outbox' })
    expect(wayBack({ key: 'office:new', target: null })).toEqual({ to: 'area', name: 'administration' })
  })

  it('is none where the record is not on this desk, or the kind is one of a version to come', () => {
    expect(wayBack({ key: 'ticket:9:note', target: null })).toBeNull()
    expect(wayBack({ key: 'di-domani:9', target: null })).toBeNull()
  })
})
