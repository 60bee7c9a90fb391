import { z } from '../../shared/domain/schema.ts'
import { HubError } from '../server/errors.ts'
import type { AuditEntry } from './audit.ts'
import type { DeviceIdentity, PersonIdentity } from '../server/route.ts'

/** What the routes of the administration have in common. */
export const admin = { access: 'person', roles: ['administrator'], rate: 'administration', params: null, query: null, body: null, bodyLimit: 0 } as const
export const adminReading = { ...admin, roles: ['administrator', 'supervisor'] } as const
export const adminBody = 64 * 1024
export const idParams = z.strictObject({ id: z.string().min(1).max(80) })

type Acting = { readonly person: PersonIdentity; readonly device: DeviceIdentity; readonly now: Date }

/** What an administrator did to whom. */
export function administered({ person, device, now }: Acting, kind: string, subject: string, details: AuditEntry['details'] = {}): AuditEntry {
  return { at: now.toISOString(), actor: person.id, deviceId: device.id, kind, subject, details }
}

/** The only row, or 404 where nobody has it. */
export function theOne<T>(rows: readonly T[], code = 'not_found'): T {
  const [row] = rows
  if (row === undefined) throw new HubError(404, code)
  return row
}
