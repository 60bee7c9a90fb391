import type { outbox as italian } from '../it/outbox.ts'
import type { TranslationOf } from '../shape.ts'

/** Words of the page that lists everything not confirmed yet. */
export const outbox = {
  title: 'Outbox',
  unconfirmed: 'Not confirmed',
  noHub: 'There is no hub to send to. Whatever you write is saved here, encrypted, and stays queued on this desk.',
  column: { when: 'When', what: 'What', who: 'Who', state: 'How far it is', reason: 'Why it is here', number: 'No.' },
  empty: 'There is nothing to send: all that you wrote is confirmed.',
  emptyNoHub: 'Nothing is queued. What you write will appear here.',
  kind: {
    ticketOpen: 'Ticket opened', ticketStep: 'Step of a ticket', readingEnter: 'Reading entered', readingDelete: 'Reading deleted',
    readingReplace: 'Contested reading replaced', entrySettle: 'Entry settled', ticketAttach: 'File attached',
    readingSettle: 'Contested reading settled', customerContact: 'Contact changed', customerIdentity: 'Identity corrected', customerSettle: 'Conflict settled',
    portalLink: 'Service linked', portalUnlink: 'Service unlinked', personAdd: 'Person added', personActive: 'A person’s access changed', other: 'Entry',
  },
  reason: { noHub: 'No hub', waiting: 'Waits for the line', leaving: 'Leaving', notAdmitted: 'The hub does not let this desk in', delivered: 'Delivered, waits for confirmation', refused: 'Refused by the hub' },
  error: { what: 'The outbox did not open.', safe: 'the entries, all saved on this desk.' },
} as const satisfies TranslationOf<typeof italian>
