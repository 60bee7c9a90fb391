import { formerTicketId } from '../../domain/ids.ts'
import { optionalLines, optionalText, raw, requiredCode, requiredInstant, requiredText } from '../cells.ts'
import { defineFormat } from '../extract-format.ts'
import { requiredBrand } from '../keys.ts'
import { parseScaled } from '../scaled-number.ts'
import { requiredWord, ticketEventWords, ticketStateWords, wordOr } from '../words.ts'

const columns = [
  { name: 'brand', required: true, type: 'code', max: 32, meaning: { it: 'Marchio', en: 'Brand' }, example: 'etra' },
  { name: 'ticket_code', required: true, type: 'code', max: 40, meaning: { it: 'Numero del ticket (tickets.csv)', en: 'Ticket number (tickets.csv)' }, example: 'P-0004182' },
  { name: 'seq', required: true, type: 'whole', max: 6, meaning: { it: 'Ordine del passo nel ticket, da 1', en: 'Order of the step in the ticket, from 1' }, example: '2' },
  { name: 'at', required: true, type: 'instant', max: 30, meaning: { it: 'Quando', en: 'When' }, example: '2026-10-13 17:44' },
  { name: 'actor', required: true, type: 'text', max: 80, meaning: { it: 'Chi', en: 'Who' }, example: 'C. Benussi' },
  { name: 'desk', required: false, type: 'text', max: 40, meaning: { it: 'Postazione', en: 'Desk' }, example: 'TS-01' },
  { name: 'kind', required: true, type: 'word', max: 20, meaning: { it: 'opened, taken, noted, waiting, answered, closed, reopened o cancelled', en: 'the same words' }, example: 'taken' },
  { name: 'from_state', required: false, type: 'word', max: 12, meaning: { it: 'Stato prima', en: 'State before' }, example: 'new' },
  { name: 'to_state', required: true, type: 'word', max: 12, meaning: { it: 'Stato dopo', en: 'State after' }, example: 'in_charge' },
  { name: 'text', required: false, type: 'text', max: 8000, meaning: { it: 'Nota o risposta, anche su più righe fra virgolette', en: 'Note or answer, several lines within quotes' }, example: 'Triage: reclamo.' },
] as const

const maxSeq = 100_000

export const ticketEventFormat = defineFormat({
  kind: 'ticket_events',
  fileName: 'ticket_events.csv',
  columns,
  references: [{ column: 'ticket_code', to: 'tickets', property: 'ticketId', clear: null }],
  key: record => record.id,
  reader: (at, context) => (fields, issues) => {
    const brand = requiredBrand(fields, at.brand, context, issues)
    const ticketCode = requiredCode(fields, at.ticket_code, issues)
    const seq = parseScaled(raw(fields, at.seq), 0)
    if (typeof seq !== 'number') issues.refuse('seq', raw(fields, at.seq) === '' ? 'required' : seq)
    else if (seq < 1 || seq > maxSeq) issues.refuse('seq', 'number_out_of_range')
    const instant = requiredInstant(fields, at.at, issues)
    const actor = requiredText(fields, at.actor, issues)
    const kind = requiredWord(fields, at.kind, ticketEventWords, issues)
    const toState = requiredWord(fields, at.to_state, ticketStateWords, issues)
    if (issues.refusals.length > 0 || typeof seq !== 'number') return null
    const ticketId = formerTicketId(brand, ticketCode)
    return {
      id: `${ticketId}:${seq}`,
      ticketId,
      at: instant,
      actor,
      desk: optionalText(fields, at.desk, issues),
      kind,
      fromState: wordOr(fields, at.from_state, ticketStateWords, null, issues),
      toState,
      text: optionalLines(fields, at.text, issues),
      seq,
    }
  },
})
