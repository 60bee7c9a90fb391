import type { StaffView } from '../../shared/contract/administration.ts'
import { ok } from './played-hub.ts'
import type { Played } from './played-hub.ts'

const now = new Date().toISOString()
/** Somebody of the staff, at the office of Muggia. */
export const person = (id: string, displayName: string, change: Partial<StaffView> = {}): StaffView => ({ id, username: id, displayName, role: 'agent', active: true, officeId: 'o1', teamId: null, hasPassword: true, ...change })

/** A small utility at the hub. */
export const utility = {
  people: () => ok([person('amministratore', 'Amministratore Demo', { role: 'administrator' }), person('visintin', 'Marco Visintin'), person('benussi', 'Chiara Benussi', { active: false })]),
  offices: () => ok([{ id: 'o1', name: 'Muggia', territoryIds: ['te1'], desks: 2, people: 3 }]),
  teams: () => ok([{ id: 'g1', name: 'Reclami', people: 4 }]),
  territories: () => ok([{ id: 'te1', name: 'Trieste e dintorni', rules: [{ brandIds: [], provinces: ['TS'], towns: [] }, { brandIds: [], provinces: [], towns: ['Muggia', 'Monfalcone'] }], priority: 10, customers: 123_456 }]),
  devices: () => ok([
    { id: 'd1', name: 'TS-07', officeId: 'o1', state: 'active', enrolledAt: now, lastSeenAt: now, appVersion: '0.4.0', behind: 0, revokedAt: null, purgedAt: null },
    { id: 'd2', name: 'TS-08', officeId: 'o1', state: 'revoked', enrolledAt: now, lastSeenAt: now, appVersion: '0.4.0', behind: 12, revokedAt: now, purgedAt: now },
  ]),
  sessions: () => ok([{ id: 's1', personId: 'visintin', personName: 'Marco Visintin', deviceId: 'd1', deviceName: 'TS-07', createdAt: now, expiresAt: now }]),
  refused: () => ok([{ opId: 'x1', deviceId: 'd1', customerId: null, deviceName: 'TS-07', kind: 'reading.enter', actorName: 'Marco Visintin', writtenAt: now, refusedAt: now, code: 'outside_window' }]),
  mail: () => ok([{ id: 'm1', template: 'ticket_answered', customerId: null, state: 'failed', attempts: 3, lastCode: '421', createdAt: now, sentAt: null }]),
  exports: () => ok([{ number: 12, madeAt: now, rows: 431, acknowledgedAt: null }, { number: 11, madeAt: now, rows: 12, acknowledgedAt: now }]),
  audit: () => ok({ rows: [{ seq: 9, at: now, actorName: 'Amministratore Demo', deviceName: 'TS-07', kind: 'device_changed', subject: 'd1' }], verified: true }),
} satisfies Played['administration']
