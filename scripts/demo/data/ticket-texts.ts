import type { Commodity } from '../../../shared/domain/records/master.ts'
import type { TicketType } from '../../../shared/domain/records/tickets.ts'

/** What customers write about, by supply and kind of request. */
export const subjects: Readonly<Record<Commodity, Readonly<Record<TicketType, readonly string[]>>>> = {
  electricity: {
    information: ['Come passare alla bolletta via e-mail', 'Costi per aumentare la potenza a 4,5 kW', 'Tempi per la voltura', 'Chiarimenti sulle fasce orarie', 'Come attivare l’addebito diretto', 'Agevolazioni per apparecchi medicali'],
    report: ['Contatore che scatta di continuo', 'Display del contatore spento', 'Sbalzi di tensione la sera', 'Indirizzo di recapito sbagliato'],
    praise: ['Ringraziamento per la voltura veloce', 'Operatrice molto gentile'],
    complaint: ['Distacco senza preavviso', 'Contratto mai richiesto', 'Nessuna risposta alla PEC di un mese fa', 'Tempi della voltura non rispettati'],
    rectification: ['Lettura sbagliata in bolletta', 'Conguaglio su consumi stimati', 'Fascia F1 attribuita male', 'Residenza non applicata'],
    double_billing: ['Stesso bimestre pagato due volte', 'Due fatture per lo stesso periodo dopo il cambio fornitore'],
    anomalous_bill: ['Bolletta tripla del solito', 'Importo altissimo con casa vuota', 'Prima bolletta dopo l’attivazione sproporzionata'],
  },
  gas: {
    information: ['Quando comunicare l’autolettura', 'Come si legge il correttore', 'Tempi per la riattivazione del gas', 'Significato di Smc in bolletta', 'Come chiedere la rateizzazione'],
    report: ['Odore di gas già segnalato al distributore', 'Contatore fermo', 'Vetro del contatore appannato', 'Autolettura rifiutata dal portale'],
    praise: ['Bravi, caldaia riattivata in giornata', 'Spiegazione molto chiara al telefono'],
    complaint: ['Lettura comunicata e non usata', 'Appuntamento del distributore saltato', 'Bolletta arrivata dopo la scadenza', 'Rateizzazione negata senza motivo'],
    rectification: ['Autolettura non considerata', 'Matricola del contatore errata in fattura', 'Coefficiente C sbagliato', 'Consumi del vecchio inquilino'],
    double_billing: ['Due fatture per gennaio e febbraio', 'Pagato sia con bollettino sia con addebito'],
    anomalous_bill: ['Conguaglio di oltre mille euro', 'Bolletta raddoppiata', 'Consumo estivo come in inverno'],
  },
  water: {
    information: ['Come fare il subentro', 'Bonus idrico: chi ne ha diritto', 'Durezza dell’acqua', 'Come comunicare la lettura', 'Cambio del numero di componenti'],
    report: ['Perdita davanti al cancello', 'Acqua torbida da ieri', 'Pressione molto bassa', 'Tombino rumoroso', 'Contatore allagato'],
    praise: ['Perdita riparata in due ore', 'Grazie alla squadra di sabato'],
    complaint: ['Nessun preavviso di sospensione', 'Allacciamento in ritardo', 'Letturista mai passato', 'Contatore sostituito senza avviso'],
    rectification: ['Perdita occulta, chiesto il ricalcolo', 'Lettura del 2 settembre inesistente', 'Numero di componenti sbagliato', 'Fognatura addebitata senza allaccio'],
    double_billing: ['Stesso trimestre in due fatture'],
    anomalous_bill: ['Bolletta raddoppiata', 'Consumo di 300 metri cubi in un trimestre', 'Importo anomalo dopo il cambio contatore'],
  },
  waste: {
    information: ['Calendario della raccolta', 'Dove portare gli ingombranti', 'Riduzione per compostaggio', 'Orari dell’ecocentro', 'Cambio contenitore'],
    report: ['Umido non raccolto', 'Contenitore rotto', 'Cassonetto stracolmo', 'Rifiuti abbandonati lungo l’argine', 'Chiavetta smagnetizzata'],
    praise: ['Ecocentro sempre pulito', 'Ritiro ingombranti puntuale'],
    complaint: ['Terza settimana senza raccolta', 'Sacchi lasciati in strada', 'Ritiro prenotato e mai fatto'],
    rectification: ['Metri quadri sbagliati', 'Casa disabitata non considerata', 'Svuotamenti mai fatti', 'Riduzione non applicata'],
    double_billing: ['Due avvisi per la stessa casa'],
    anomalous_bill: ['Tariffa raddoppiata dopo il trasloco'],
  },
}

/** What staff wrote down. */
export const notes: readonly string[] = [
  'Sentito al telefono, manda la foto del contatore.', 'Chiesta verifica al distributore.', 'Il cliente conferma i dati; attende risposta scritta.',
  'Controllate le letture degli ultimi due anni: la differenza viene da una stima.', 'Richiamare dopo le 17.\nPreferisce il cellulare.',
  'Allegata copia del pagamento.', 'Dice: "nessuno è passato"; verificare con il letturista.', 'Dati anagrafici corretti; indirizzo da aggiornare.',
]
export const answers: readonly string[] = [
  'Inviata risposta con il dettaglio dei consumi.', 'Emessa nota di credito; rettifica nella prossima fattura.', 'Spiegato il conguaglio; offerta la rateizzazione.',
  'Confermato l’importo: lettura verificata sul posto.', 'Intervento eseguito; il cliente è informato.', 'Informazioni date al telefono e per e-mail.',
]
export const waits: readonly string[] = ['In attesa del distributore.', 'In attesa dei documenti del cliente.', 'In attesa della verifica del contatore.']
export const staff: readonly string[] = ['Giulia Ferrante', 'Chiara Benussi', 'Paolo Zorzi', 'Marta Furlan', 'Luca Sartori', 'Irene Pavan']
export const desks: readonly string[] = ['TS-01', 'TS-04', 'PD-02', 'VC-01', 'LI-03']
