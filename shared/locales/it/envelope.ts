import type { MessageTree } from '../shape.ts'

/** Words of what is carried to the hub in a sealed file, and of leaving while something waits. */
export const envelope = {
  title: 'Senza linea',
  lead: 'Ciò che attende qui può andare all’hub dentro una busta sigillata, su una chiavetta: solo l’hub la apre, e la consegna una qualunque postazione collegata.',
  make: 'Salva una busta…',
  made: 'Busta salvata: una modifica. Qui resta in attesa finché l’hub non conferma. | Busta salvata: una modifica. Qui resta in attesa finché l’hub non conferma. | Busta salvata: {count} modifiche. Qui restano in attesa finché l’hub non conferma.',
  relay: 'Consegna una busta…',
  relaying: 'Consegno la busta all’hub…',
  relayed: 'Busta di {desk} consegnata: {taken} modifiche nuove su {operations}.',
  relayedRefused: 'L’hub ne ha rifiutata una: si vede sulla postazione che l’ha scritta. | L’hub ne ha rifiutata una: si vede sulla postazione che l’ha scritta. | L’hub ne ha rifiutate {count}: si vedono sulla postazione che le ha scritte.',
  nothingNew: 'Busta di {desk}: l’hub aveva già tutto.',
  fileName: 'busta-{desk}-{at}.envelope',
  tooLarge: 'Questo file è troppo grande per essere una busta.',
  error: {
    noHub: 'Questa postazione non ha un hub.',
    nothingWaits: 'Qui non attende niente: non serve una busta.',
    noKey: 'Questa postazione non ha ancora ricevuto la chiave dell’hub: la riceve al primo collegamento.',
    invalid: 'Non è una busta per questo hub, oppure è rovinata. Niente è stato consegnato da questo punto in poi: si può riprovare con una copia buona.',
    origin: 'La postazione che ha fatto questa busta non è più ammessa dall’hub: niente è stato preso.',
    outdated: 'Dopo questa busta la postazione che l’ha fatta ha ricominciato la sua coda: ciò che ha ancora arriva da lì. Conserva la busta finché lì tutto non è confermato.',
    hubUnreachable: 'L’hub non risponde: riprova quando torna la linea. Ciò che è già arrivato non si ripete.',
    hubRefused: 'L’hub ha rifiutato la busta.',
  },
} as const satisfies MessageTree

/** Words of signing out while something waits. */
export const leaving = {
  title: 'Una modifica non è ancora partita | Una modifica non è ancora partita | {count} modifiche non sono ancora partite',
  lead: 'L’hub non risponde. Ciò che attende resta salvato e cifrato su questo PC e parte da solo quando torna la linea, chiunque entri. Se questo PC resterà spento, salva una busta sigillata: la consegna una qualunque postazione collegata.',
  seal: 'Salva una busta ed esci',
  leave: 'Esci',
  stay: 'Resta',
} as const satisfies MessageTree
