import { effectScope } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { useCountdown } from '../../../renderer/src/features/session/countdown.ts'
import { issuesOf, lengthIssue } from '../../../renderer/src/features/session/field-issues.ts'
import { forgetStores } from '../../../renderer/src/features/session/forget.ts'
import { requireAdministrator, requireSignedIn, startPage } from '../../../renderer/src/features/session/session-guard.ts'
import { setUpReasons, signInReasons } from '../../../renderer/src/features/session/session-reasons.ts'
import { useSession } from '../../../renderer/src/features/session/session-store.ts'
import { shareEvents } from '../../../renderer/src/features/session/shared-events.ts'
import { useLookup } from '../../../renderer/src/features/lookup/lookup-store.ts'
import { useWorkspace } from '../../../renderer/src/features/desk/workspace-store.ts'
import type { SessionStatus } from '../../../shared/contract/session.ts'
import type { Role } from '../../../shared/domain/records/people.ts'
import { languages } from '../../../shared/locales/index.ts'
import { messageOf, openDesk, settle, speech } from '../desk/desk-harness.ts'
import { searchOf } from '../lookup/sample-rows.ts'

function status(state: SessionStatus['state'], role: Role = 'agent'): SessionStatus {
  const person = state === 'signed_in' ? { id: 'p1', displayName: 'Anna Prova', username: 'anna', role } : null
  return { state, person, preferences: { language: null, theme: null, singleKeys: true, lockMinutes: 10 }, deskName: 'Prova', today: '2026-11-20', demo: null, deviceKey: 'no_store' } as SessionStatus
}
const known = (state: SessionStatus['state'], role?: Role) => openDesk({ session: { status: () => ({ ok: true, value: status(state, role) }) } })

describe('who may see which page', () => {
  it('the desk asks whoever is not signed in to do so, and a new desk to be set up', async () => {
    known('signed_out')
    expect(await requireSignedIn()).toEqual({ name: 'sign-in' })
    known('setup')
    expect(await requireSignedIn()).toEqual({ name: 'set-up' })
    known('signed_in')
    expect(await requireSignedIn()).toBe(true)
  })

  it('sign-in and set-up are shown only while they are next', async () => {
    known('signed_out')
    expect(await startPage({ name: 'sign-in' })).toBe(true)
    expect(await startPage({ name: 'set-up' })).toEqual({ name: 'sign-in' })
    known('setup')
    expect(await startPage({ name: 'set-up' })).toBe(true)
    known('signed_in')
    expect(await startPage({ name: 'sign-in' })).toEqual({ name: 'lookup' })
  })

  it('people are for administrators', async () => {
    known('signed_in', 'supervisor')
    expect(await requireAdministrator()).toEqual({ name: 'lookup' })
    known('signed_in', 'administrator')
    expect(await requireAdministrator()).toBe(true)
  })
})

describe('the session', () => {
  it('begins with a good password and ends at sign-out', async () => {
    const { pinia } = openDesk({
      session: { signIn: () => ({ ok: true, value: status('signed_in', 'administrator') }), signOut: () => ({ ok: true, value: status('signed_out') }) },
    })
    const session = useSession(pinia)
    await session.signIn({ username: 'anna', password: 'una password' })
    expect(session.state).toBe('signed_in')
    expect(session.isAdministrator).toBe(true)
    await session.signOut()
    expect(session.person).toBeNull()
  })

  it('does not begin with a bad one', async () => {
    const { pinia } = openDesk({ session: { signIn: () => ({ ok: false, error: { code: 'wrong_credentials' } }) } })
    const session = useSession(pinia)
    expect((await session.signIn({ username: 'anna', password: 'x' })).ok).toBe(false)
    expect(session.state).toBeNull()
  })

  it('notices that it has ended elsewhere', async () => {
    let state: SessionStatus['state'] = 'signed_in'
    const { pinia, tell } = openDesk({ session: { status: () => ({ ok: true, value: status(state) }) } })
    const session = useSession(pinia)
    await session.refresh()
    state = 'signed_out'
    tell({ kind: 'signed_out', clientId: 'x' })
    await settle()
    expect(session.state).toBe('signed_out')
  })

  it('leaves nothing of its customers behind', async () => {
    const { pinia } = openDesk({ lookup: { search: searchOf(3), count: () => ({ ok: true, value: { total: 3 } }) }, workspace: {} })
    const lookup = useLookup(pinia)
    await lookup.type('rossi')
    await useWorkspace(pinia).openCustomer('c1', { title: 'Nome Segreto', background: true })
    forgetStores(pinia)
    expect(JSON.stringify(pinia.state.value)).not.toMatch(/rossi|Segreto/)
    expect(useLookup(pinia).rows).toEqual([])
    expect(useWorkspace(pinia).tabs).toEqual([])
    forgetStores(pinia)
  })
})

describe('events of the core', () => {
  const host = (reply: string) => {
    let hear: (event: string) => void = () => undefined
    let streams = 0
    const shared = shareEvents({
      call: () => Promise.resolve(reply),
      onEvent: (listener) => {
        streams += 1
        hear = listener
        return () => undefined
      },
    })
    return { shared, say: (event: object) => hear(JSON.stringify(event)), streams: () => streams }
  }

  it('come over one line for all listeners', () => {
    const { shared, say, streams } = host('{}')
    const heard: string[] = []
    shared.onEvent((event) => heard.push(`one ${event.kind}`))
    const leave = shared.onEvent((event) => heard.push(`two ${event.kind}`))
    say({ kind: 'outbox', queued: 1, lastSavedAt: '' })
    leave()
    say({ kind: 'index', progress: { done: 1, total: 1, finished: true } })
    expect(heard).toEqual(['one outbox', 'two outbox', 'one index'])
    expect(streams()).toBe(1)
  })

  it('are not heard any more by a page that is gone', () => {
    const { shared, say } = host('{}')
    const heard: string[] = []
    const scope = effectScope()
    scope.run(() => shared.onEvent((event) => heard.push(event.kind)))
    scope.stop()
    say({ kind: 'outbox', queued: 1, lastSavedAt: '' })
    expect(heard).toEqual([])
  })

  it('say that nobody is signed in when a call is refused for it', async () => {
    const { shared } = host('{"ok":false,"error":{"code":"not_signed_in"}}')
    const heard: string[] = []
    shared.onEvent((event) => heard.push(event.kind))
    await shared.call('{}')
    expect(heard).toEqual(['signed_out'])
  })
})

describe('words of the entrance', () => {
  it.each(languages)('explain every refusal: %s', (language) => {
    for (const key of [...Object.values(signInReasons), ...Object.values(setUpReasons)]) expect(messageOf(language, key)).not.toBe('')
  })

  it('do not tell a wrong name from a wrong password', () => {
    expect(signInReasons.invalid_input).toBe(signInReasons.wrong_credentials)
  })

  it('say what is wrong with a field before and after asking the core', () => {
    const { t } = speech('it')
    expect(lengthIssue(t, 'password', 'corta')).toBe('Almeno 8 caratteri.')
    expect(lengthIssue(t, 'password', '        ')).toBeUndefined()
    expect(lengthIssue(t, 'username', '   ')).toBe('Questo campo serve.')
    expect(lengthIssue(t, 'deskName', 'x'.repeat(41))).toBe('Al massimo 40 caratteri.')
    expect(issuesOf(t, { issues: [{ path: 'username', reason: 'too_small', minimum: 2 }] })).toEqual({ username: 'Almeno 2 caratteri.' })
    expect(issuesOf(t, undefined)).toEqual({})
  })
})

describe('the wait after too many attempts', () => {
  it('is counted down to nothing, by the clock', () => {
    vi.useFakeTimers()
    const scope = effectScope()
    const countdown = scope.run(() => useCountdown())
    countdown?.start(3)
    expect(countdown?.seconds.value).toBe(3)
    vi.advanceTimersByTime(2100)
    expect(countdown?.seconds.value).toBe(1)
    vi.advanceTimersByTime(1000)
    expect(countdown?.running.value).toBe(false)
    scope.stop()
    vi.useRealTimers()
  })
})
