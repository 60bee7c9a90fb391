import type { MessageTree } from '../shape.ts'

/** Words of the page where an administrator keeps the people of the desk. */
export const people = {
  title: 'Persone',
  column: { name: 'Nome', username: 'Nome utente', role: 'Ruolo', access: 'Accesso' },
  access: { on: 'Acceso', off: 'Spento' },
  add: 'Aggiungi una persona',
  addTitle: 'Nuova persona',
  roleLabel: 'Ruolo',
  roleHelp: { agent: 'Cerca, apre schede e ticket, inserisce letture.', supervisor: 'Come l’operatore, e rivede il lavoro.', administrator: 'Come il supervisore, e tiene persone e dati.' },
  firstPassword: 'Password',
  firstPasswordHelp: 'Da 8 a 128 caratteri. Consegnala a voce: qui non si rivede più.',
  submit: 'Aggiungi',
  added: '{name} può entrare con il nome utente {username}.',
  switchOff: 'Spegni l’accesso',
  switchOn: 'Riaccendi l’accesso',
  switchedOff: 'Accesso di {name} spento.',
  switchedOn: 'Accesso di {name} riacceso.',
  self: 'sei tu',
  ownTitle: 'Spegnere il tuo accesso?',
  ownText: 'Esci subito, e per rientrare serve un altro amministratore.',
  ownConfirm: 'Spegni il mio accesso',
  error: {
    what: 'L’elenco delle persone non si è aperto.',
    usernameTaken: 'Questo nome utente c’è già.',
    personNotFound: 'Questa persona non c’è più.',
    managedByHub: 'Questa postazione segue un hub: le persone si gestiscono lì, sotto Gestione.',
    lastAdministrator: 'È l’ultimo amministratore acceso: prima creane un altro.',
  },
} as const satisfies MessageTree
