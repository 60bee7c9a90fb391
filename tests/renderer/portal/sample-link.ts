import type { LinkView, PortalPage } from '../../../shared/contract/portal.ts'
import { currentDeclaration, declarations } from '../../../shared/domain/declaration.ts'
import { day } from '../customer/sample-sheet.ts'

export function sampleLink(change: Partial<LinkView> = {}): LinkView {
  return {
    linkId: 'l1',
    contractId: 'k1',
    holderName: 'Prova Anna',
    holderCode: '005007',
    serviceCode: '2200418',
    commodity: 'water',
    domestic: true,
    address: null,
    active: true,
    startDay: day('2011-03-14'),
    endDay: null,
    declaredAs: 'holder',
    declarationVersion: currentDeclaration,
    declarationText: declarations[currentDeclaration],
    linkedBy: 'Anna',
    linkedAt: '2026-11-20T09:00:00Z',
    state: 'linked',
    unlinkedBy: null,
    unlinkedAt: null,
    unlinkReason: null,
    receipt: 'queued',
    ...change,
  }
}

export function samplePortal(change: Partial<PortalPage> = {}): PortalPage {
  return { customerId: 'c1', profileSince: null, declaration: { version: currentDeclaration, text: declarations[currentDeclaration] }, links: [], ...change }
}
