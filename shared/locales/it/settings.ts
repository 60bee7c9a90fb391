import type { MessageTree } from '../shape.ts'

/** Words of the page of personal preferences. */
export const settings = {
  title: 'Impostazioni',
  lead: 'Valgono per te, su questa postazione. Si salvano da sole.',
  look: 'Aspetto e lingua',
  keyboard: 'Tastiera',
  singleKeys: 'Tasti singoli attivi',
  singleKeysHelp: 'N, T, L e gli altri agiscono da soli, ma mai mentre scrivi in un campo.',
  showKeys: 'Mostra tutti i tasti',
  lock: 'Blocco',
  lockAfter: 'Blocca la postazione dopo',
  lockMinutes: '{n} minuti',
  lockHelp: 'Senza tasti né mouse. La postazione si blocca anche quando il computer va in sospensione o si blocca lo schermo; schede e testi restano salvati.',
  account: 'Chi sei',
  name: 'Nome',
  username: 'Nome utente',
  role: 'Ruolo',
  desk: 'Postazione',
} as const satisfies MessageTree
