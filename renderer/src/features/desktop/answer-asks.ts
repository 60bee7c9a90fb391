import { watch } from 'vue'
import type { Router } from 'vue-router'
import type { CoreClient } from '../../../../shared/contract/index.ts'
import { askLastsMs } from '../../../../shared/contract/shell.ts'
import type { ShellAsk, ShellTarget } from '../../../../shared/contract/shell.ts'
import type { Actions } from '../../ui/actions/registry.ts'
import type { useWorkspace } from '../desk/workspace-store.ts'
import type { useLookup } from '../lookup/lookup-store.ts'
import type { ShellProblem } from './shell-problems.ts'

export type AskParts = {
  readonly core: CoreClient
  readonly router: Pick<Router, 'push'>
  readonly registry: Pick<Actions, 'find' | 'run' | 'version'>
  readonly lookup: Pick<ReturnType<typeof useLookup>, 'type'>
  readonly workspace: Pick<ReturnType<typeof useWorkspace>, 'tab' | 'show' | 'openCustomer' | 'openTicket'>
  readonly tell: (problem: ShellProblem) => void
}

export type AskAnswers = {
  readonly answer: (ask: ShellAsk) => void
  /** Forgets what still waits. */
  readonly stop: () => void
}

/** A customer has far fewer tickets; beyond this a link falls back to the lookup. */
const mostTickets = 500

/**
 * Does what the person asked from outside the page, by hotkey, menu, link or notification. While a dialog is open it waits, because the
 * question in it comes first; after a minute it is forgotten. Nothing here writes.
 */
export function createAskAnswers(parts: AskParts): AskAnswers {
  const { core, router, registry, lookup, workspace, tell } = parts
  let forget: () => void = () => undefined

  function whenFree(run: () => void): void {
    forget()
    // A dialog silences every action of the desk, this one included.
    const free = (): boolean => registry.find('desk.lookup') !== undefined
    if (free()) {
      run()
      return
    }
    const timer = setTimeout(() => forget(), askLastsMs)
    const unwatch = watch(registry.version, () => {
      if (!free()) return
      forget()
      run()
    })
    forget = () => {
      clearTimeout(timer)
      unwatch()
      forget = () => undefined
    }
  }

  function find(text: string): void {
    // Nothing copied: what stands in the box stays.
    if (text !== '') void lookup.type(text)
    registry.run('desk.lookup')
  }

  async function open(target: ShellTarget): Promise<void> {
    switch (target.to) {
      case 'tab':
        // Another person may have signed in since, whose tabs are others.
        if (workspace.tab(target.tabId) !== undefined) await workspace.show(target.tabId)
        break
      case 'area':
        await router.push({ name: target.area })
        break
      case 'customer':
        await workspace.openCustomer(target.customerId)
        break
      case 'ticket': {
        const ticketId = await ticketOf(target.code)
        if (ticketId !== null) {
          await workspace.openTicket(ticketId, { title: target.code })
          break
        }
        tell('ticketNotFound')
        find(target.code)
        break
      }
    }
  }

  /** The ticket of this very code; `null` when there is none, or more than one customer has it. */
  async function ticketOf(code: string): Promise<string | null> {
    const found = await core.lookup.search({ text: code, scope: 'tickets', limit: 2 })
    const [row, another] = found.ok ? found.value.rows : []
    if (row === undefined || another !== undefined) return null
    const tickets = await core.customers.tickets({ customerId: row.customerId, limit: mostTickets })
    return tickets.ok ? (tickets.value.rows.find((ticket) => ticket.code.toUpperCase() === code.toUpperCase())?.ticketId ?? null) : null
  }

  return {
    stop: () => forget(),
    answer: (ask) => {
      switch (ask.do) {
        case 'lookup':
          whenFree(() => find(ask.text))
          break
        case 'open':
          whenFree(() => void open(ask.target))
          break
        case 'action':
          registry.run(ask.id)
          break
        case 'badLink':
        case 'badLinkFile':
          tell(ask.do)
          break
      }
    },
  }
}
