import { In } from 'typeorm'
import type { RestoredWorkspace, Workspace } from '../../../shared/contract/workspace.ts'
import { displayName } from '../../../shared/domain/customer-name.ts'
import type { CustomerId, TicketId } from '../../../shared/domain/ids.ts'
import { ok } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import type { HandlersOf } from '../context.ts'
import type { Store } from '../store/store.ts'

const empty: Workspace = { tabs: [], active: null, area: 'lookup' }

export const workspaceHandlers: HandlersOf<'workspace'> = {
  load: async (call) => {
    const text = call.store.rawReader.prepare('SELECT value FROM workspace WHERE person_id = ?').pluck().get(call.session.personId)
    const workspace = typeof text === 'string' ? (JSON.parse(text) as Workspace) : empty
    const titles = await titlesOf(call.store, workspace)
    const tabs = workspace.tabs.filter((tab) => titles[tab.id] !== undefined)
    return ok({ ...workspace, tabs, titles })
  },

  save: async (call, workspace) => {
    const savedAt = call.clock.now().toISOString()
    await call.work.local((db) =>
      db
        .prepare('INSERT INTO workspace (person_id, value, saved_at) VALUES (?, ?, ?) ON CONFLICT (person_id) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at')
        .run(call.session.personId, JSON.stringify(workspace), savedAt),
    )
    return ok({ savedAt })
  },

  saveDraft: async (call, { key, text }) => ok({ savedAt: await call.drafts.keep(call.session.personId, key, text) }),
  loadDraft: (call, { key }) => Promise.resolve(ok(call.drafts.load(call.session.personId, key))),
  drafts: (call) => Promise.resolve(ok({ drafts: call.drafts.list(call.session.personId), removed: call.drafts.removed(call.session.personId) })),
  forgetRemoved: async (call) => {
    await call.drafts.forgetRemoved(call.session.personId)
    return ok({})
  },
}

/** Titles are read afresh at every start, so that a record that is gone leaves neither tab nor name behind. */
async function titlesOf(store: Store, workspace: Workspace): Promise<RestoredWorkspace['titles']> {
  const ids = (kind: 'customer' | 'ticket') => workspace.tabs.filter((tab) => tab.kind === kind).map((tab) => tab.recordId)
  const customers = await store.reader.getRepository(models.customer).findBy({ id: In(ids('customer') as CustomerId[]) })
  const tickets = await store.reader.getRepository(models.ticket).findBy({ id: In(ids('ticket') as TicketId[]) })
  const titles = new Map<string, RestoredWorkspace['titles'][string]>([
    ...customers.map((customer) => [customer.id, { title: displayName(customer), kind: customer.kind }] as const),
    ...tickets.map((ticket) => [ticket.id, { title: ticket.code, kind: 'ticket' }] as const),
  ])
  return Object.fromEntries(workspace.tabs.flatMap((tab) => (titles.has(tab.recordId) ? [[tab.id, titles.get(tab.recordId)] as const] : []))) as RestoredWorkspace['titles']
}
