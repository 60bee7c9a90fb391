import type { MessageTree } from '../shape.ts'

/** Words about what is being typed and was not sent. */
export const drafts = {
  saved: 'bozza salvata {time}',
  savedEarlier: 'bozza del {at}',
  failed: 'bozza non salvata: si riprova da sé',
  back: 'ripreso da prima, {age}',
  drop: 'Scarta la bozza',
  dropped: 'Bozza scartata.',
  form: {
    ticketNew: 'Nuovo ticket',
    ticket: 'Testo di un ticket',
    reading: 'Lettura',
    portalLink: 'Aggancio di un servizio',
    portalUnlink: 'Sgancio di un servizio',
    contact: 'Contatti di un cliente',
    settle: 'Scelta tra letture',
    erase: 'Cancellazione di un cliente',
    person: 'Persona',
    localPerson: 'Persona',
    office: 'Ufficio',
    team: 'Squadra',
    territory: 'Territorio',
    device: 'Postazione',
    join: 'Ingresso in un hub',
  },
  other: 'Altro testo',
  removed: {
    title: 'Un testo non inviato non è più qui. | Un testo non inviato non è più qui. | {n} testi non inviati non sono più qui.',
    one: '{form}, {at}',
    why: 'Il cliente a cui si riferivano è passato a un altro ufficio o è stato cancellato: con lui se ne va anche quanto se ne stava scrivendo.',
    read: 'Ho letto',
  },
  unfinished: { title: 'Testi non inviati', more: 'e un altro | e un altro | e altri {n}' },
  ticket: {
    waiting: '{step}: testo non inviato, {at}',
    open: 'Riprendi',
    asNote: 'Mettilo in una nota',
    notAllowed: 'Il ticket è cambiato nel frattempo: questo passo ora non si può fare.',
  },
  reading: {
    otherDay: 'Lettura del {day} scritta e non salvata: {value}. Le letture valgono per il giorno in cui si inseriscono.',
    otherMeter: 'Lettura del {day} scritta e non salvata: {value}. Il contatore nel frattempo è stato cambiato.',
    reason: 'Motivo scritto: {reason}',
  },
} as const satisfies MessageTree
