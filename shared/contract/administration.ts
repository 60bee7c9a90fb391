/** What administrators decide at the hub, through any desk that is connected: people, teams, offices, territories, desks, sessions. */
import { z } from '../domain/schema.ts'
import { roles } from '../domain/records/people.ts'
import type { Role } from '../domain/records/people.ts'
import { administrators, call, supervisors } from './call.ts'

/** Errors of every call here: the hub decides, and it may be away. */
const hubErrors = ['no_hub', 'hub_unreachable', 'hub_session', 'hub_refused'] as const
const id = z.string().min(1).max(80)
const name = z.string().trim().min(2).max(80)
const none = z.strictObject({})

export const territoryRule = z.strictObject({ brandIds: z.array(id).max(50).default([]), provinces: z.array(z.string().regex(/^[A-Z]{2}$/)).max(120).default([]), towns: z.array(z.string().trim().min(1).max(60)).max(500).default([]) })
/** A customer belongs to the first territory one of whose rules fits; an empty list fits everything. */
export type TerritoryRule = z.output<typeof territoryRule>

export type StaffView = { readonly id: string; readonly username: string; readonly displayName: string; readonly role: Role; readonly active: boolean; readonly officeId: string | null; readonly teamId: string | null; readonly hasPassword: boolean }
export type OfficeView = { readonly id: string; readonly name: string; readonly territoryIds: readonly string[]; readonly desks: number; readonly people: number }
export type TeamView = { readonly id: string; readonly name: string; readonly people: number }
export type TerritoryView = { readonly id: string; readonly name: string; readonly rules: readonly TerritoryRule[]; readonly priority: number; readonly customers: number }
export type DeviceView = {
  readonly id: string
  readonly name: string
  readonly officeId: string
  readonly state: 'active' | 'revoked'
  readonly enrolledAt: string
  readonly lastSeenAt: string | null
  readonly appVersion: string
  /** Changes of the hub this desk has not taken yet. */
  readonly behind: number
  readonly revokedAt: string | null
  /** When the desk said that it has taken everything off. */
  readonly purgedAt: string | null
}
export type SessionView = { readonly id: string; readonly personId: string; readonly personName: string; readonly deviceId: string; readonly deviceName: string; readonly createdAt: string; readonly expiresAt: string }
export type RefusedView = {
  readonly opId: string
  readonly deviceId: string
  readonly deviceName: string
  readonly kind: string
  readonly actorName: string
  readonly writtenAt: string
  readonly refusedAt: string
  readonly code: string
  /** Whom it was about, where the hub knows such a customer: then it can be let go from here. */
  readonly customerId: string | null
}
export type MailView = { readonly id: string; readonly template: string; readonly customerId: string | null; readonly state: string; readonly attempts: number; readonly lastCode: string | null; readonly createdAt: string; readonly sentAt: string | null }
export type ExportView = { readonly number: number; readonly madeAt: string; readonly rows: number; readonly acknowledgedAt: string | null }
export type AuditView = { readonly seq: number; readonly at: string; readonly actorName: string; readonly deviceName: string | null; readonly kind: string; readonly subject: string | null }
export type EnrolmentCode = { readonly code: string; readonly expiresAt: string; readonly officeName: string }

const list = <const A extends typeof administrators | typeof supervisors>(access: A) => ({ input: none, errors: hubErrors, access, audit: 'listed' as const })

export const administrationCalls = {
  people: call(list(supervisors)).returns<readonly StaffView[]>(),
  offices: call(list(supervisors)).returns<readonly OfficeView[]>(),
  teams: call(list(supervisors)).returns<readonly TeamView[]>(),
  territories: call(list(supervisors)).returns<readonly TerritoryView[]>(),
  devices: call(list(administrators)).returns<readonly DeviceView[]>(),
  sessions: call(list(administrators)).returns<readonly SessionView[]>(),
  refused: call(list(supervisors)).returns<readonly RefusedView[]>(),
  mail: call(list(supervisors)).returns<readonly MailView[]>(),
  exports: call(list(supervisors)).returns<readonly ExportView[]>(),
  audit: call({ input: z.strictObject({ before: z.int().min(0).nullable().default(null) }), errors: hubErrors, access: administrators, audit: 'listed' }).returns<{ readonly rows: readonly AuditView[]; readonly verified: boolean }>(),

  /** `password` for a new person or a new password; left out, it stays. */
  savePerson: call({
    input: z.strictObject({ id: id.nullable(), username: z.string().trim().min(2).max(64), displayName: name, role: z.enum(roles), active: z.boolean(), officeId: id.nullable(), teamId: id.nullable(), password: z.string().min(8).max(128).nullable() }),
    errors: [...hubErrors, 'username_taken', 'last_administrator', 'person_not_found', 'password_missing'],
    access: administrators,
    audit: 'administered',
  }).returns<StaffView>(),
  saveOffice: call({ input: z.strictObject({ id: id.nullable(), name, territoryIds: z.array(id).max(500) }), errors: [...hubErrors, 'name_taken', 'not_found'], access: administrators, audit: 'administered' }).returns<OfficeView>(),
  saveTeam: call({ input: z.strictObject({ id: id.nullable(), name }), errors: [...hubErrors, 'name_taken', 'not_found'], access: administrators, audit: 'administered' }).returns<TeamView>(),
  saveTerritory: call({ input: z.strictObject({ id: id.nullable(), name, rules: z.array(territoryRule).max(200), priority: z.int().min(0).max(1_000) }), errors: [...hubErrors, 'name_taken', 'not_found'], access: administrators, audit: 'administered' }).returns<TerritoryView>(),
  /** A one-time code that lets one more desk join; shown once. `short`: eight digits for ten minutes, otherwise long and for seven days. */
  createEnrolmentCode: call({ input: z.strictObject({ officeId: id, short: z.boolean() }), errors: [...hubErrors, 'not_found'], access: administrators, audit: 'administered' }).returns<EnrolmentCode>(),
  saveDevice: call({ input: z.strictObject({ id, name: z.string().trim().min(1).max(40), officeId: id }), errors: [...hubErrors, 'not_found'], access: administrators, audit: 'administered' }).returns<DeviceView>(),
  /** From the next request on the desk is let in no more; what it still holds, it takes off. */
  revokeDevice: call({ input: z.strictObject({ id }), errors: [...hubErrors, 'not_found'], access: administrators, audit: 'administered' }).returns<DeviceView>(),
  endSession: call({ input: z.strictObject({ id }), errors: [...hubErrors, 'not_found'], access: administrators, audit: 'administered' }).returns<null>(),
  /** The file as the hub keeps it; that it was fetched is on record there and here. */
  exportFile: call({ input: z.strictObject({ number: z.int().min(1).max(2_147_483_647) }), errors: [...hubErrors, 'not_found', 'file_damaged'], access: supervisors, audit: 'exported' }).returns<{ readonly number: number; readonly text: string }>(),
  retryMail: call({ input: z.strictObject({ id }), errors: [...hubErrors, 'not_found'], access: supervisors, audit: 'administered' }).returns<null>(),
  /** Takes everything of a customer away, everywhere and for good (GDPR art. 17). */
  eraseCustomer: call({ input: z.strictObject({ customerId: id, reason: z.string().trim().min(10).max(500) }), errors: [...hubErrors, 'not_found'], access: administrators, audit: 'administered' }).returns<null>(),
}
