import type { Commodity, MeterKind } from '../domain/records/master.ts'
import type { ReadingSource } from '../domain/records/readings.ts'
import type { TicketArea, TicketChannel, TicketEventKind, TicketState, TicketType } from '../domain/records/tickets.ts'
import type { Cell } from './extract-format.ts'
import type { RowIssues } from './import-reasons.ts'
import { raw } from './cells.ts'

/** The words an extract may use for a value, capitals aside: the one of the data model first, then Italian ones. */
export type Words<W extends string> = ReadonlyMap<string, W>

function words<W extends string>(list: { readonly [K in W]: readonly string[] }): Words<W> {
  const map = new Map<string, W>()
  for (const word of Object.keys(list) as W[]) {
    for (const spelling of [word, ...list[word]]) {
      map.set(spelling, word)
      map.set(spelling.toUpperCase(), word)
    }
  }
  return map
}

export const commodityWords = words<Commodity>({
  electricity: ['luce', 'elettricità', 'energia', 'ee', 'e'], gas: ['g'], water: ['acqua', 'w'], waste: ['rifiuti', 'ambiente', 'r'],
})
export const customerKindWords = words<'person' | 'company'>({
  person: ['persona', 'fisica', 'pf'], company: ['azienda', 'giuridica', 'pg'],
})
export const sexWords = words<'M' | 'F'>({ M: ['m', 'maschio'], F: ['f', 'femmina'] })
export const emailStateWords = words<'ok' | 'unreachable'>({ ok: ['valida'], unreachable: ['non raggiungibile', 'rifiutata'] })
export const contractStateWords = words<'active' | 'closed'>({ active: ['attivo', 'a'], closed: ['cessato', 'chiuso', 'c'] })
export const deliveryWords = words<'paper' | 'email'>({ paper: ['carta', 'posta'], email: ['e-mail', 'mail'] })
export const meterKindWords = words<MeterKind>({ direct: ['diretta', 'cifre'], dials: ['lancette'], bands: ['fasce'] })
export const readingSourceWords = words<ReadingSource>({
  company: ['azienda', 'effettiva', 'letturista'], self: ['autolettura', 'cliente'], estimated: ['stimata', 'stima'], desk: ['sportello'],
})
export const readingStateWords = words<'pending' | 'acquired'>({ pending: ['da acquisire'], acquired: ['acquisita'] })
export const ticketAreaWords = words<TicketArea>({ water: ['acqua'], waste: ['rifiuti', 'ambiente'], energy: ['energia', 'luce', 'gas'] })
export const ticketTypeWords = words<TicketType>({
  information: ['informazione', 'richiesta di informazioni'], report: ['segnalazione'], praise: ['merito', 'nota di merito'],
  complaint: ['reclamo'], rectification: ['rettifica'], double_billing: ['doppia fatturazione'],
  anomalous_bill: ['bolletta anomala', 'importo anomalo'],
})
export const ticketChannelWords = words<TicketChannel>({
  phone: ['telefono'], counter: ['sportello'], mail: ['posta', 'lettera'], email: ['e-mail'], pec: [], web: ['sito'], portal: ['portale'],
})
export const ticketStateWords = words<TicketState>({
  new: ['nuovo'], in_charge: ['in carico'], waiting: ['in attesa'], answered: ['risposto'], closed: ['chiuso'], cancelled: ['annullato'],
})
/** Files do not come with an extract. */
export const ticketEventWords = words<Exclude<TicketEventKind, 'attached'>>({
  opened: ['aperto'], taken: ['preso in carico'], noted: ['nota'], waiting: ['in attesa'], answered: ['risposto'], closed: ['chiuso'],
  reopened: ['riaperto'], cancelled: ['annullato'],
})
export const priorityWords = words<'normal' | 'high'>({ normal: ['normale'], high: ['alta', 'urgente'] })

function find<W extends string>(known: Words<W>, text: string): W | undefined {
  return known.get(text) ?? known.get(text.normalize('NFC').toLowerCase())
}

/** A word without which the record has no meaning: an unknown one refuses the row, '' is returned as a stand-in. */
export function requiredWord<W extends string>(fields: readonly string[], cell: Cell, known: Words<W>, issues: RowIssues): W {
  const text = raw(fields, cell)
  const word = find(known, text)
  if (word === undefined) issues.refuse(cell.column.name, text === '' ? 'required' : 'unknown_word')
  return word ?? ('' as W)
}

/** A word with a documented value for "empty" and, with a warning, for a word nobody knows. */
export function wordOr<W extends string, F extends W | null>(
  fields: readonly string[], cell: Cell, known: Words<W>, fallback: F, issues: RowIssues,
): W | F {
  const text = raw(fields, cell)
  if (text === '') return fallback
  const word = find(known, text)
  if (word !== undefined) return word
  issues.warn(cell.column.name, 'unknown_word', fallback === null ? 'dropped' : 'changed')
  return fallback
}
