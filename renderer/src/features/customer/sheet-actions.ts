import type { MessageKey } from '../../../../shared/locales/index.ts'
import type { Action } from '../../ui/actions/registry.ts'
import { customerPages } from './customer-context.ts'
import type { CustomerPage } from './customer-context.ts'

type Parts = {
  readonly go: (page: CustomerPage | 'new-ticket' | 'new-reading') => void
  readonly step: (by: 1 | -1) => Promise<void> | undefined
  readonly verify: () => void
  readonly contact: () => void
  readonly canCorrect: () => boolean
  readonly identity: () => void
  readonly canErase: () => boolean
  readonly erase: () => void
  readonly canPrint: () => boolean
  readonly print: () => Promise<void>
  readonly canSaveLink: () => boolean
  readonly saveLink: () => Promise<void>
}

const groupKey: MessageKey = 'customer.group'

/** What the keys do on a customer's sheet: L reading, T ticket, P portal, F next supply, V checks, 1–6 pages. */
export function sheetActions(parts: Parts): Action[] {
  const { go } = parts
  return [
    { id: 'customer.newReading', titleKey: 'customer.action.newReading', groupKey, shortcut: 'l', run: () => go('new-reading') },
    { id: 'customer.newTicket', titleKey: 'customer.action.newTicket', groupKey, shortcut: 't', run: () => go('new-ticket') },
    { id: 'customer.verify', titleKey: 'customer.action.verify', groupKey, shortcut: 'v', run: parts.verify },
    { id: 'customer.contact', titleKey: 'contact.action', groupKey, shortcut: 'e', run: parts.contact },
    { id: 'customer.identity', titleKey: 'contact.identity.action', groupKey, when: parts.canCorrect, run: parts.identity },
    { id: 'customer.erase', titleKey: 'administration.erase.act', groupKey, when: parts.canErase, run: parts.erase },
    { id: 'customer.nextSupply', titleKey: 'customer.supply.next', groupKey, shortcut: 'f', run: () => parts.step(1) },
    { id: 'customer.previousSupply', titleKey: 'customer.supply.previous', groupKey, shortcut: 'shift+f', run: () => parts.step(-1) },
    { id: 'customer.print', titleKey: 'customer.action.print', groupKey, shortcut: 'mod+p', when: parts.canPrint, run: parts.print },
    { id: 'customer.saveLink', titleKey: 'shell.link.save', groupKey, when: parts.canSaveLink, run: parts.saveLink },
    ...customerPages.map((page, index): Action => ({
      id: `customer.page.${page}`,
      titleKey: `customer.page.go.${page}`,
      groupKey,
      shortcut: page === 'portal' ? ['p', String(index + 1)] : String(index + 1),
      run: () => go(page),
    })),
  ]
}
