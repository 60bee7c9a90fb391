import type { UnfinishedText } from '../../../../shared/contract/workspace.ts'
import { formOf } from './draft-keys.ts'
import type { DraftForm } from './draft-keys.ts'

/** Where a text is gone on with: a page of the customer's tab, the ticket's tab, or an area of the desk; `null` for a kind of a version to come. */
export type WayBack = { readonly to: 'customer'; readonly id: string; readonly page: string; readonly supplyPointId?: string } | { readonly to: 'ticket'; readonly id: string } | { readonly to: 'area'; readonly name: 'administration' | 'outbox' }

const pages: Readonly<Partial<Record<DraftForm, string>>> = { 'ticket.new': 'new-ticket', reading: 'new-reading', 'portal-link': 'portal', 'portal-unlink': 'portal' }

/** What waits for a decision stands on the page of everything unconfirmed, whoever it is about. */
const onThatPage: readonly (DraftForm | null)[] = ['correct', 'let-go', 'contested', 'late', 'join']

export function wayBack({ key, target }: Pick<UnfinishedText, 'key' | 'target'>): WayBack | null {
  const form = formOf(key)
  if (onThatPage.includes(form)) return { to: 'area', name: 'outbox' }
  if (target?.kind === 'ticket') return { to: 'ticket', id: target.id }
  if (target !== null) return { to: 'customer', id: target.id, page: form === null ? '' : (pages[form] ?? ''), ...(target.supplyPointId === null ? {} : { supplyPointId: target.supplyPointId }) }
  switch (form) {
    case 'person': case 'local-person': case 'office': case 'team': case 'territory': case 'device': return { to: 'area', name: 'administration' }
    default: return null
  }
}
