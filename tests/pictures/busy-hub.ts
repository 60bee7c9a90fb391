import type { DeviceView } from '../../shared/contract/administration.ts'
import type { HubStatus } from '../../shared/contract/hub.ts'
import type { OutboxItem } from '../../shared/contract/outbox.ts'
import { followingStatus, ok } from '../e2e/played-hub.ts'
import type { Played } from '../e2e/played-hub.ts'
import { utility } from '../e2e/played-utility.ts'

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
const names = ['Zanier Elena', 'Cossutta Dario', 'Panificio Furlan srl', 'Krizman Ivo', 'Tomasi Nives', 'Benussi Chiara', 'Condominio Parco delle Rose']
const towns = ['Trieste', 'Muggia', 'Monfalcone', 'Gorizia', 'Udine']

/** A hub on an ordinary morning. */
export function busyStatus(): HubStatus {
  return followingStatus({ queued: 5, delivered: 2, refused: 1, oldestQueuedAt: ago(2), lastDeliveredAt: ago(1), currentAsOf: ago(1), territories: ['Trieste e Carso', 'Muggia', 'Monfalcone'], files: { queued: 1, bytes: 1_843_200, failed: 0 } })
}

/** The same a little later: everything has left. */
export function calmStatus(): HubStatus {
  return followingStatus({ queued: 1, delivered: 0, refused: 0, oldestQueuedAt: ago(0), files: { queued: 0, bytes: 0, failed: 0 }, territories: ['Trieste e Carso', 'Muggia', 'Monfalcone'] })
}

const kinds = ['ticket.open', 'reading.enter', 'ticket.note', 'reading.enter', 'customer.change-contact', 'portal.link', 'ticket.answer', 'reading.enter']
const states = ['delivered', 'queued', 'delivered', 'refused', 'queued', 'queued', 'queued', 'queued'] as const
const rows: readonly OutboxItem[] = kinds.map((kind, i): OutboxItem => {
  const state = states[i] ?? 'queued'
  return {
    seq: 1_204 + i, opId: `op-${i}`, kind, at: ago(40 - i * 4), actor: 'Agente Demo', desk: 'TS-07', state, reason: state === 'refused' ? 'outside_window' : null, details: null, outcome: state === 'queued' ? null : state === 'refused' ? 'rejected' : 'applied', pos: null,
    deliveredAt: state === 'queued' ? null : ago(39 - i * 4), confirmedAt: null, customer: { id: `c${i}`, name: names[i % names.length] ?? '', kind: 'person' }, ticketId: kind.startsWith('ticket') ? `t${i}` : null, envelopedAt: null, settled: null, file: null,
  }
})
const file: OutboxItem = { ...rows[2]!, opId: 'file:1', kind: 'file', at: ago(31), state: 'queued', deliveredAt: null, outcome: null, file: { name: 'contatore.jpg', size: 1_843_200, sent: 430_000 } }
const shown = [...rows.slice(0, 3), file, ...rows.slice(3)]
export const busyOutbox = { list: () => ok({ rows: shown, total: shown.length }), writers: () => ok([{ id: 'p1', name: 'Agente Demo', count: 6 }, { id: 'p2', name: 'Chiara Benussi', count: 3 }]) } satisfies Played['outbox']

const device = (i: number): DeviceView => ({
  id: `d${i}`, name: `${['TS', 'MU', 'MO', 'GO', 'UD'][i % 5]}-${String(i + 1).padStart(2, '0')}`, officeId: `o${i % 5}`, state: i === 6 ? 'revoked' : 'active', enrolledAt: ago(90_000), lastSeenAt: ago(i * i), appVersion: '0.4.0', behind: i % 4 === 2 ? 3 : 0, revokedAt: i === 6 ? ago(3_000) : null, purgedAt: i === 6 ? ago(2_990) : null,
})
export const busyUtility = {
  ...utility,
  offices: () => ok(towns.map((town, i) => ({ id: `o${i}`, name: `Sportello di ${town}`, territoryIds: ['te1'], desks: 3, people: 7 }))),
  devices: () => ok(Array.from({ length: 16 }, (_, i) => device(i))),
  createEnrolmentCode: () => ok({ code: '48213377', expiresAt: ago(-10), officeName: 'Sportello di Trieste' }),
} satisfies Played['administration']
