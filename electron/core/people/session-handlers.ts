import type { PersonId } from '../../../shared/domain/ids.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { addPerson } from '../../../shared/operations/people.ts'
import type { HandlersOf } from '../context.ts'
import { preferencesKey } from '../preferences.ts'
import type { Desk } from '../desk.ts'
import { isDamage } from '../store/damage.ts'
import { StoreFromFutureError } from '../store/migrate.ts'
import { enterThroughHub, openHubSession } from './hub-sign-in.ts'
import { DeviceSecretMissingError, KeySlotsDamagedError } from './key-slots.ts'

export const sessionHandlers: HandlersOf<'session'> = {
  status: (call) => Promise.resolve(ok(call.desk.status(call.clientId))),

  signIn: async (call, { username, password }) => {
    const { desk, clientId } = call
    desk.requireFolder()
    const seconds = desk.throttle.waitSeconds(username)
    if (seconds > 0) return refuse('too_many_attempts', { seconds })
    desk.throttle.begin(username)
    const slot = await openSlot(desk, username, password)
    const failedBefore = desk.throttle.failures(username)
    // No slot opens: on a desk of a hub, the hub may know the person, or a newer password.
    if (!slot.ok && (slot.error.code === 'wrong_credentials' || (slot.error.code === 'store_unreadable' && desk.recovery.isJoined()))) {
      const entered = await enterThroughHub(desk, clientId, username, password, { failedBefore })
      if (!entered.ok) return entered
      desk.throttle.succeeded(username)
      return ok(desk.status(clientId))
    }
    if (!slot.ok) return slot
    const entered = await enter(desk, clientId, slot.value, { failedBefore })
    slot.value.key.fill(0)
    if (!entered.ok && entered.error.code === 'person_disabled' && desk.recovery.isJoined()) {
      // A database made anew knows nobody yet: the hub does.
      const known = await enterThroughHub(desk, clientId, username, password, { failedBefore })
      if (!known.ok) return known.error.code === 'wrong_credentials' ? entered : known
    } else if (!entered.ok) return entered
    desk.throttle.succeeded(username)
    openHubSession(desk, clientId, password, call.log)
    return ok(desk.status(clientId))
  },

  setUp: async (call, { username, displayName, password, deskName }) => {
    const { desk, clientId } = call
    desk.requireFolder()
    const made = await desk.setUp(async ({ key, work }) => {
      desk.nameDesk(deskName)
      const founder = { id: 'set-up' as PersonId, name: displayName, role: 'administrator' } as const
      const written = await work.write(addPerson, { username, displayName, role: 'administrator' }, founder, 'administered')
      if (!written.ok) throw new Error('a new store refused its first person')
      await desk.keySlots.create(key, { personId: written.value.subject.id, username }, password)
      const person = await desk.person(written.value.subject.id as PersonId)
      if (!person) throw new Error('the first person was not stored')
      await desk.admit(clientId, person, 'set_up', {})
    })
    return made ? ok(desk.status(clientId)) : refuse('already_set_up')
  },

  signOut: async (call) => {
    try {
      await call.desk.audit({ at: call.clock.now().toISOString(), actor: call.session.personId, kind: 'signed_out', subject: null, details: {} })
    } catch (error) {
      // Whoever wants to leave leaves, also when the disk has no room for the trace of it.
      call.log('error', 'sign_out_not_traced', { name: error instanceof Error ? error.name : 'unknown' })
    }
    await call.desk.end(call.clientId)
    return ok(call.desk.status(call.clientId))
  },

  setPreferences: async (call, preferences) => {
    await call.work.local((db) =>
      db.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(preferencesKey(call.session.personId), JSON.stringify(preferences)),
    )
    return ok(preferences)
  },
}

async function openSlot(desk: Desk, username: string, password: string): Promise<Result<{ key: Uint8Array; personId: string }, 'wrong_credentials' | 'store_unreadable' | 'device_key_missing'>> {
  try {
    const slot = await desk.keySlots.open(username, password)
    return slot ? ok(slot) : refuse('wrong_credentials')
  } catch (error) {
    if (error instanceof KeySlotsDamagedError) {
      if (error.mismatch) desk.recovery.slotsMismatch()
      return refuse('store_unreadable')
    }
    if (error instanceof DeviceSecretMissingError) return refuse('device_key_missing')
    throw error
  }
}

async function enter(
  desk: Desk,
  clientId: string,
  slot: { key: Uint8Array; personId: string },
  details: { failedBefore: number },
): Promise<Result<true, 'store_unreadable' | 'store_from_future' | 'person_disabled'>> {
  try {
    const entered = await desk.enter(clientId, slot.key, slot.personId as PersonId, 'signed_in', details)
    return entered ? ok(true) : refuse('person_disabled')
  } catch (error) {
    if (error instanceof StoreFromFutureError) return refuse('store_from_future')
    if (isDamage(error)) return refuse('store_unreadable')
    throw error
  }
}
