import type { MessageTree } from '../shape.ts'

/** Words of joining a hub, and of showing it who is there. */
export const join = {
  title: 'Unire questa postazione a un hub',
  lead: 'Serve il codice usa e getta che un amministratore dell’hub crea in Gestione, Postazioni.',
  whatTitle: 'Che cosa succede',
  whatKeep: 'Ciò che è stato scritto qui resta, e viene inviato all’hub.',
  whatPeople: 'Le persone di qui diventano persone dell’hub; da quel momento i ruoli li decide l’hub. Con un codice che non è il primo, chi arriva è operatore finché un amministratore non cambia il ruolo.',
  whatData: 'L’archivio dei clienti diventa quello dell’hub, per i territori dell’ufficio. Si lavora intanto: si cerca già in ciò che c’è.',
  whatBack: 'Da qui non si torna indietro: la postazione si toglie solo dall’hub, con una revoca.',
  address: 'Indirizzo dell’hub',
  addressHelp: 'Come te lo hanno dato, per esempio https://hub.azienda.it',
  code: 'Codice',
  codeHelp: 'Otto cifre, oppure il codice lungo. Vale una volta sola.',
  submit: 'Unisci',
  working: 'Mi presento all’hub…',
  workingText: 'Può durare un minuto. Quello che è scritto qui è al sicuro comunque vada.',
  doneTitle: 'Unita a {hub}',
  doneText: 'Ufficio {office}. La prima copia dei dati è in corso: si può già lavorare.',
  doneClose: 'Vai alla sincronizzazione',
  failed: 'La postazione non è stata unita.',
  safe: 'tutto ciò che è su questa postazione, che continua a lavorare da sola.',
  missing: 'Scrivi qui ciò che ti hanno dato.',
  error: {
    alreadyJoined: 'Questa postazione è già unita a un hub.',
    addressInvalid: 'Questo non è l’indirizzo di un hub: deve cominciare con https:// (http:// solo su questo computer).',
    hubUnreachable: 'A questo indirizzo non risponde nessuno. Controlla l’indirizzo e la rete.',
    notAHub: 'A questo indirizzo risponde qualcosa che non è un hub di Sportello.',
    codeInvalid: 'Il codice non è giusto. Ricontrollalo cifra per cifra.',
    hubEmpty: 'L’hub non ha ancora clienti per questo ufficio: unendosi, la postazione perderebbe i suoi. Prima si caricano gli estratti all’hub (npm run hub -- import), poi si riprova con lo stesso codice.',
    customersMissing: 'All’hub mancano {count} clienti di cui qui è stato scritto qualcosa, o sono di un altro territorio: non potrebbe accettarlo. Prima si caricano i loro estratti all’hub, poi si riprova con lo stesso codice.',
    codeExpired: 'Il codice è scaduto o già usato: chiedine uno nuovo.',
    tooOld: 'Questo programma è troppo vecchio per quell’hub: aggiorna Sportello.',
    hubRefused: 'L’hub ha rifiutato.',
  },
} as const satisfies MessageTree

/** Words of the password that the hub asks for. */
export const hubSession = {
  title: 'La tua password, per l’hub',
  text: 'Per questa azione l’hub vuole sapere chi sei. È la stessa password con cui entri qui; quello che hai scritto resta dov’è.',
  password: 'Password',
  submit: 'Continua',
  needed: 'Non sei entrato all’hub: le ricerche fuori territorio e la gestione chiedono la password.',
  missing: 'Scrivi la password.',
  error: {
    noHub: 'Questa postazione non ha un hub.',
    hubUnreachable: 'L’hub non risponde: riprova quando torna la linea.',
    wrongCredentials: 'L’hub non riconosce questa password.',
    tooManyAttempts: 'Troppi tentativi: aspetta un po’ e riprova.',
    personDisabled: 'All’hub il tuo accesso è spento.',
    hubRefused: 'L’hub ha rifiutato.',
    hubSession: 'Serve la tua password per l’hub.',
  },
} as const satisfies MessageTree
