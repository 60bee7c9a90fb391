import type { MessageTree } from '../shape.ts'

/** Words of the desk itself: areas, tabs, state of the work, refusals that any call may give. */
export const desk = {
  areas: { settings: 'Impostazioni', settingsShort: 'Opzioni', people: 'Persone' },
  group: 'Postazione',
  signOut: 'Esci',
  goLookup: 'Cerca',
  goTickets: 'Vai ai ticket',
  goOutbox: 'Vai agli invii',
  goPeople: 'Vai alle persone',
  goSettings: 'Vai alle impostazioni',
  closeTab: 'Chiudi la scheda',
  newTicket: 'Nuovo ticket',
  untitled: 'Apertura…',
  restoreFailed: 'Le schede di prima non si sono aperte.',
  restoreSafe: 'sono ancora salvate sulla postazione.',
  tabGone: 'Questa scheda è chiusa.',
  status: {
    noHub: 'Postazione autonoma, nessun hub',
    noHubWhy: 'Nessuna sede a cui inviare: tutto resta salvato e in coda su questa postazione',
    noData: 'Nessun dato caricato',
    dataOf: 'Dati del {date}, ore {time}',
    index: 'Indice {share}: {done} di {total}',
    openOutbox: 'Apri gli invii',
  },
  error: {
    invalidInput: 'Il dato inserito non è stato accettato.',
    unknownCall: 'Questa funzione non c’è in questa versione.',
    notSignedIn: 'La sessione è finita: entra di nuovo.',
    forbidden: 'Il tuo ruolo non lo permette.',
    internal: 'Qualcosa non ha funzionato.',
    storageFull: 'Il disco della postazione è pieno: libera spazio e riprova.',
    storageReadOnly: 'La postazione non può scrivere sul suo disco.',
    closing: 'La postazione si sta chiudendo.',
    unreachable: 'La postazione non risponde. Riprova; se il programma è stato chiuso, riavvialo.',
  },
} as const satisfies MessageTree
