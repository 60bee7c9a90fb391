import type { MessageTree } from '../shape.ts'

/** Words of the page that lists everything not confirmed yet. */
export const outbox = {
  title: 'Invii',
  unconfirmed: 'Non confermate',
  noHub: 'Non c’è un hub a cui inviare. Tutto quello che scrivi è salvato qui, cifrato, e resta in coda su questa postazione.',
  column: { when: 'Quando', what: 'Che cosa', who: 'Chi', state: 'A che punto è', reason: 'Perché è qui', number: 'N.' },
  empty: 'Non c’è niente da inviare: tutto quello che hai scritto è confermato.',
  emptyNoHub: 'Non c’è niente in coda. Quello che scrivi comparirà qui.',
  kind: {
    ticketOpen: 'Ticket aperto', ticketStep: 'Passo di un ticket', readingEnter: 'Lettura inserita', readingDelete: 'Lettura cancellata',
    readingReplace: 'Lettura contesa sostituita', entrySettle: 'Registrazione sistemata', ticketAttach: 'File allegato',
    readingSettle: 'Lettura contesa decisa', customerContact: 'Recapito cambiato', customerIdentity: 'Dati anagrafici corretti', customerSettle: 'Conflitto deciso',
    portalLink: 'Servizio agganciato', portalUnlink: 'Servizio sganciato', personAdd: 'Persona aggiunta', personActive: 'Accesso di una persona cambiato', other: 'Registrazione',
  },
  reason: { noHub: 'Nessun hub', waiting: 'Aspetta la linea', leaving: 'In partenza', notAdmitted: 'L’hub non lascia entrare la postazione', delivered: 'Consegnata, aspetta la conferma', refused: 'Rifiutata dall’hub' },
  error: { what: 'Non è stato possibile aprire l’elenco degli invii.', safe: 'le registrazioni, tutte salvate sulla postazione.' },
} as const satisfies MessageTree
