import { administrationCalls } from '../../shared/contract/administration.ts'
import type { z } from '../../shared/domain/schema.ts'
import { HubError } from '../server/errors.ts'
import { json, route } from '../server/route.ts'
import type { Call, DeviceIdentity, PersonIdentity, Route } from '../server/route.ts'
import type { AuditEntry } from './audit.ts'

type Calls = typeof administrationCalls
type Input<N extends keyof Calls> = Calls[N]['input']

/** The route of one call of the administration: its input and its roles are those of the contract, which the desk forwards as it is. */
export function administration<const N extends keyof Calls>(name: N, spec: { readonly summary: string; readonly answer: z.ZodType; readonly handle: (call: Call<'person', null, null, Input<N>>) => Promise<unknown> }): Route {
  const { input, access } = administrationCalls[name]
  return route({
    method: 'POST', path: `/v1/administration/${name}`, access: 'person', roles: access, params: null, query: null, body: input, bodyLimit: 256 * 1024, rate: 'administration',
    summary: spec.summary, answer: spec.answer,
    handle: async (call) => json((await spec.handle(call as Call<'person', null, null, Input<N>>)) ?? null),
  })
}

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
