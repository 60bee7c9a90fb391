import type { CallName, Contract } from '../../shared/contract/index.ts'
import type { InputOf } from '../../shared/contract/call.ts'
import { currentDeclaration } from '../../shared/domain/declaration.ts'
import { rossi, waterMeter, waterPoint } from '../support/master-data.ts'

type SampleOf<N extends CallName> = N extends `${infer A extends keyof Contract}.${infer C}` ? (C extends keyof Contract[A] ? InputOf<Contract[A][C]> : never) : never

/** One good input for every call; a call without one does not compile. */
export const samples: { readonly [N in CallName]: SampleOf<N> } = {
  'session.status': {},
  'session.signIn': { username: 'nobody', password: 'not the password' },
  'session.setUp': { username: 'anna', displayName: 'Anna', password: 'una password', deskName: 'Prova' },
  'session.signOut': {},
  'session.setPreferences': { language: 'it', theme: 'dark', singleKeys: true, lockMinutes: 10 },
  'people.list': {},
  'people.add': { username: 'bruno', displayName: 'Bruno Prova', role: 'agent', password: 'un’altra password' },
  'people.setActive': { personId: 'nobody', active: false },
  'lookup.search': { text: 'rossi mar' },
  'lookup.count': { text: 'rossi mar' },
  'lookup.recent': {},
  'lookup.indexProgress': {},
  'customers.open': { customerId: rossi.id },
  'customers.verify': { customerId: rossi.id, answers: [{ check: 'tax_code_end', answer: '501u' }, { check: 'birth_day', answer: '1/1/1980' }] },
  'customers.forget': { customerId: rossi.id },
  'customers.readings': { customerId: rossi.id },
  'customers.invoices': { customerId: rossi.id },
  'customers.tickets': { customerId: rossi.id },
  'customers.timeline': { customerId: rossi.id },
  'customers.exportTable': { customerId: rossi.id, table: 'invoices', language: 'it' },
  'tickets.open': { customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject: 'Una domanda' },
  'tickets.get': { ticketId: 'unknown' },
  'tickets.take': { ticketId: 'unknown' },
  'tickets.note': { ticketId: 'unknown', text: 'nota' },
  'tickets.wait': { ticketId: 'unknown', text: 'attesa' },
  'tickets.answer': { ticketId: 'unknown', text: 'risposta' },
  'tickets.close': { ticketId: 'unknown' },
  'tickets.reopen': { ticketId: 'unknown', text: 'di nuovo' },
  'tickets.cancel': { ticketId: 'unknown', text: 'errore' },
  'tickets.queue': {},
  'readings.form': { customerId: rossi.id, supplyPointId: waterPoint },
  'readings.enter': { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 },
  'readings.remove': { customerId: rossi.id, meterId: waterMeter, day: '2026-11-20', entry: 'unknown' },
  'portal.page': { customerId: rossi.id },
  'portal.link': {
    customerId: rossi.id, customerCode: rossi.code, serviceCode: 'S-100', taxCode: rossi.taxCode,
    declarationAccepted: true, declarationVersion: currentDeclaration, declaredAs: 'holder',
  },
  'portal.unlink': { linkId: 'unknown', reason: 'prova' },
  'workspace.load': {},
  'workspace.save': { tabs: [], active: null, area: 'lookup' },
  'workspace.saveDraft': { key: 'nota', text: 'bozza' },
  'workspace.loadDraft': { key: 'nota' },
  'outbox.status': {},
  'outbox.list': {},
}
