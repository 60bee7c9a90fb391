/** Coming in where a hub is followed: through it without a slot of one's own, and to it beside the slot. */
import type { PersonId } from '../../../shared/domain/ids.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { AuditEntry } from '../audit/audit-log.ts'
import type { Desk } from '../desk.ts'
import type { Log } from '../ports.ts'
import { isDamage } from '../store/damage.ts'
import { StoreFromFutureError } from '../store/migrate.ts'

type EnterError = 'wrong_credentials' | 'too_many_attempts' | 'person_disabled' | 'store_unreadable' | 'store_from_future'

/** The hub knows the person and gives out its half of the key; a slot is made, so that the next time needs no hub. */
export async function enterThroughHub(desk: Desk, clientId: string, username: string, password: string, details: AuditEntry['details']): Promise<Result<true, EnterError>> {
  const known = await desk.hubSignIn(username, password)
  if (!known.ok) {
    // A hub that cannot be asked is told as a hint: a wrong password and a name without a slot must look alike.
    return known.error.code === 'no_hub' ? refuse('wrong_credentials') : known.error.code === 'hub_unreachable' ? refuse('wrong_credentials', { hub: 'unreachable' }) : refuse(known.error.code)
  }
  const { key, answer } = known.value
  const { person } = answer
  try {
    const entered = await desk.enter(clientId, key, person.id as PersonId, 'signed_in', details, { ...person, id: person.id as PersonId })
    if (!entered) return refuse('person_disabled')
    // Before the slot: whoever looks at revisions meanwhile must not take the new one for the old one.
    await desk.hubKnows(person.id, answer.passwordRevision)
    await desk.keySlots.replace(key, { personId: person.id, username: person.username }, password)
    desk.hub()?.keepSession(person.id, answer)
    return ok(true)
  } catch (error) {
    if (error instanceof StoreFromFutureError) return refuse('store_from_future')
    if (isDamage(error)) return refuse('store_unreadable')
    throw error
  } finally {
    key.fill(0)
  }
}

/** In the background: whoever came in by a slot has a session at the hub too, where the hub can be reached and knows this password. */
export function openHubSession(desk: Desk, clientId: string, password: string, log: Log): void {
  const hub = desk.hub()
  const session = desk.session(clientId)
  if (!hub || !session) return
  hub.transport
    .openSession(session.username, password)
    .then(async (answer) => {
      if (desk.hub() !== hub) return
      if (answer.ok) {
        await desk.hubKnows(session.personId, answer.value.passwordRevision)
        hub.keepSession(session.personId, answer.value)
      } else if (answer.failure.kind === 'refused') {
        await desk.hubRefuses(session.personId, answer.failure.code)
      }
    })
    .catch((error: unknown) => log('error', 'hub_session_failed', { name: error instanceof Error ? error.name : 'unknown' }))
}
