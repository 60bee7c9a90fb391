import { describe, expect, it } from 'vitest'
import { linksByHolder } from '../../../renderer/src/features/portal/links-by-holder.ts'
import { usePortal } from '../../../renderer/src/features/portal/portal-store.ts'
import type { PortalPage } from '../../../shared/contract/portal.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { openDesk } from '../desk/desk-harness.ts'
import { later } from '../support/fake-core.ts'
import type { FakeAnswers } from '../support/fake-core.ts'
import { sampleLink, samplePortal } from './sample-link.ts'

const input = { customerId: 'c1', customerCode: '005007', serviceCode: '2200418', declarationAccepted: true, declarationVersion: 'dpr445-1', declaredAs: 'holder' } as const

function open(portal: NonNullable<FakeAnswers['portal']>) {
  const desk = openDesk({ portal })
  return { ...desk, portal: usePortal(desk.pinia) }
}

describe('linked services', () => {
  it('show a new one at once, before the list is read again', async () => {
    const again = later<Result<PortalPage, 'customer_not_found'>>()
    let reads = 0
    const { portal } = open({ page: () => (reads++ === 0 ? ok(samplePortal()) : again.answer), link: () => ok(sampleLink()) })
    await portal.load('c1')
    await portal.link(input)
    expect(portal.entry('c1').page?.links.map(({ linkId }) => linkId)).toEqual(['l1'])
    expect(portal.entry('c1').page?.profileSince).toBe('2026-11-20T09:00:00Z')
  })

  it('stay as they are when the core refuses', async () => {
    const { portal } = open({ page: () => ok(samplePortal({ links: [sampleLink()] })), link: () => refuse('already_linked') })
    await portal.load('c1')
    expect((await portal.link(input)).ok).toBe(false)
    expect(portal.entry('c1').page?.links).toHaveLength(1)
  })

  it('keep an unlinked one as history, with its reason', async () => {
    const gone = sampleLink({ state: 'unlinked', unlinkReason: 'Richiesta', unlinkedAt: '2026-11-20T10:00:00Z', unlinkedBy: 'Anna' })
    const { portal } = open({ page: () => ok(samplePortal({ links: [gone] })), unlink: () => ok(gone) })
    await portal.load('c1')
    await portal.unlink('c1', { linkId: 'l1', reason: 'Richiesta' })
    expect(portal.entry('c1').page?.links).toEqual([gone])
  })

  it('are never overwritten by an older answer', async () => {
    const first = later<Result<PortalPage, 'customer_not_found'>>()
    let reads = 0
    const { portal } = open({ page: () => (reads++ === 0 ? first.answer : ok(samplePortal({ links: [sampleLink()] }))) })
    const slow = portal.load('c1')
    await portal.load('c1')
    first.give(ok(samplePortal()))
    await slow
    expect(portal.entry('c1').page?.links).toHaveLength(1)
  })
})

describe('the guide’s cards', () => {
  it('stand one per holder, services in force before those no longer active', () => {
    const cards = linksByHolder([
      sampleLink({ linkId: 'a', active: false }),
      sampleLink({ linkId: 'b', holderCode: '7', holderName: 'Altra' }),
      sampleLink({ linkId: 'c' }),
    ])
    expect(cards.map(({ code, links }) => [code, links.map(({ linkId }) => linkId)])).toEqual([['005007', ['c', 'a']], ['7', ['b']]])
  })
})
