import type { Column } from '../extract-format.ts'

export const customerColumns = [
  { name: 'brand', required: true, type: 'code', max: 32, meaning: { it: 'Marchio', en: 'Brand' }, example: 'clienti' },
  { name: 'code', required: true, type: 'code', max: 20, meaning: { it: 'Codice cliente, testo: gli zeri contano (S2: sei cifre)', en: 'Customer code, text: zeros count (S2: six digits)' }, example: '005007' },
  { name: 'kind', required: true, type: 'word', max: 20, meaning: { it: 'person (persona) o company (azienda o ente)', en: 'person or company' }, example: 'person' },
  { name: 'last_name', required: false, type: 'text', max: 80, meaning: { it: 'Cognome, solo persone', en: 'Last name, persons only' }, example: 'Rossi' },
  { name: 'first_name', required: false, type: 'text', max: 80, meaning: { it: 'Nome, solo persone', en: 'First name, persons only' }, example: 'Mario' },
  { name: 'company_name', required: false, type: 'text', max: 160, meaning: { it: 'Ragione sociale, solo aziende ed enti', en: 'Company name, companies only' }, example: 'Panificio Furlan S.n.c.' },
  { name: 'tax_code', required: false, type: 'code', max: 32, meaning: { it: 'Codice fiscale: 16 caratteri, o 11 cifre per aziende', en: 'Codice fiscale: 16 characters, or 11 digits for companies' }, example: 'RSSMRA80A01H501U' },
  { name: 'vat_number', required: false, type: 'code', max: 32, meaning: { it: 'Partita IVA, 11 cifre con gli zeri', en: 'Partita IVA, 11 digits with zeros' }, example: '00743110157' },
  { name: 'birth_day', required: false, type: 'day', max: 10, meaning: { it: 'Data di nascita', en: 'Day of birth' }, example: '1980-01-01' },
  { name: 'sex', required: false, type: 'word', max: 10, meaning: { it: 'M o F', en: 'M or F' }, example: 'M' },
  { name: 'phone', required: false, type: 'text', max: 40, meaning: { it: 'Telefono fisso', en: 'Landline' }, example: '040 372 1188' },
  { name: 'mobile', required: false, type: 'text', max: 40, meaning: { it: 'Cellulare', en: 'Mobile' }, example: '338 421 9017' },
  { name: 'email', required: false, type: 'text', max: 254, meaning: { it: 'E-mail', en: 'E-mail' }, example: 'm.rossi80@posta.example' },
  { name: 'email_state', required: false, type: 'word', max: 20, meaning: { it: 'ok o unreachable (il gestore rifiuta i messaggi)', en: 'ok or unreachable (messages bounce)' }, example: 'ok' },
  { name: 'vulnerable', required: false, type: 'flag', max: 8, meaning: { it: 'Cliente vulnerabile; vuoto vale no', en: 'Vulnerable customer; empty means no' }, example: 'N' },
  { name: 'since_day', required: false, type: 'day', max: 10, meaning: { it: 'Cliente dal', en: 'Customer since' }, example: '2011-03-14' },
  { name: 'address_code', required: false, type: 'code', max: 40, meaning: { it: 'Codice dell’indirizzo di recapito (addresses.csv)', en: 'Code of the postal address (addresses.csv)' }, example: 'A0001234' },
] as const satisfies readonly Column[]
