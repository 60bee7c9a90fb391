import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { ErrorOf, InputOf, ReplyOf } from '../../../../shared/contract/call.ts'
import type { sessionCalls, SessionStatus } from '../../../../shared/contract/session.ts'
import { usePorts } from '../../ports.ts'

type Session = typeof sessionCalls
export type SignInError = ErrorOf<Session['signIn']>

/** Who is at this desk. Everything else on the screen depends on it. */
export const useSession = defineStore('session', () => {
  const { core, onEvent } = usePorts()
  /** `null` until the core has answered once. */
  const status = shallowRef<SessionStatus | null>(null)
  const state = computed(() => status.value?.state ?? null)
  const person = computed(() => status.value?.person ?? null)
  const isAdministrator = computed(() => person.value?.role === 'administrator')

  /** Asks the core afresh; answers `null` when no answer came. */
  async function refresh(): Promise<SessionStatus | null> {
    const reply = await core.session.status({})
    if (!reply.ok) return null
    status.value = reply.value
    return reply.value
  }

  async function signIn(input: InputOf<Session['signIn']>): Promise<ReplyOf<Session['signIn']>> {
    const reply = await core.session.signIn(input)
    if (reply.ok) status.value = reply.value
    return reply
  }

  /** First run: the administrator and the name of the desk; signs in at once. */
  async function setUp(input: InputOf<Session['setUp']>): Promise<ReplyOf<Session['setUp']>> {
    const reply = await core.session.setUp(input)
    if (reply.ok) status.value = reply.value
    return reply
  }

  async function signOut(): Promise<ReplyOf<Session['signOut']>> {
    const reply = await core.session.signOut({})
    if (reply.ok) status.value = reply.value
    return reply
  }

  onEvent((event) => {
    // Told by the core, or concluded from a refusal; while nobody is signed in it is no news.
    if (event.kind === 'signed_out' && state.value === 'signed_in') void refresh()
  })

  return { status, state, person, isAdministrator, refresh, signIn, setUp, signOut }
})
