import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CommonError, InputOf, ReplyOf } from '../../../../shared/contract/call.ts'
import type { HubStatus, hubCalls } from '../../../../shared/contract/hub.ts'
import type { Refused, Result } from '../../../../shared/domain/result.ts'
import { usePorts } from '../../ports.ts'

type Calls = typeof hubCalls
/** Events come in bursts while a snapshot arrives: one question answers many of them. */
const gatherMs = 300

/** Where this desk stands with its hub, as the core last said, and what a person may ask of it. */
export const useHub = defineStore('hub', () => {
  const { core, onEvent } = usePorts()
  /** `null` until known. */
  const status = shallowRef<HubStatus | null>(null)
  const refusal = shallowRef<Refused<CommonError>['error'] | null>(null)
  /** A comparison or an exchange that was asked for here is under way. */
  const busy = ref<'sync' | 'health' | null>(null)
  const joined = computed(() => status.value !== null && status.value.state !== 'none')
  /** The password is being asked for; the answer tells whether a session was opened. */
  const asking = shallowRef<{ readonly answer: (opened: boolean) => void } | null>(null)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function take<R extends Result<HubStatus>>(reply: R): R {
    if (reply.ok) {
      asked += 1
      status.value = reply.value
      refusal.value = null
    }
    return reply
  }

  async function refresh(): Promise<void> {
    const turn = ++asked
    const reply = await core.hub.status({})
    if (turn !== asked) return
    if (reply.ok) status.value = reply.value
    refusal.value = reply.ok ? null : reply.error
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void refresh()
    }, gatherMs)
  }

  async function during<R>(what: 'sync' | 'health', work: Promise<R>): Promise<R> {
    busy.value = what
    try {
      return await work
    } finally {
      busy.value = null
    }
  }
  const syncNow = (): Promise<ReplyOf<Calls['syncNow']>> => during('sync', core.hub.syncNow({}).then(take))
  const checkHealth = (): Promise<ReplyOf<Calls['checkHealth']>> => during('health', core.hub.checkHealth({}).then(take))
  const join = (input: InputOf<Calls['join']>): Promise<ReplyOf<Calls['join']>> => core.hub.join(input).then(take)
  const openSession = (password: string): Promise<ReplyOf<Calls['openSession']>> => core.hub.openSession({ password }).then(take)

  /** Shows the prompt for the password; answers whether there is a session now. */
  function askSession(): Promise<boolean> {
    asking.value?.answer(false)
    return new Promise((resolve) => {
      asking.value = {
        answer(opened) {
          asking.value = null
          resolve(opened)
        },
      }
    })
  }

  /** Does what needs a session at the hub; where there is none, the password is asked for first and then it is done again. */
  async function inSession<R extends Result<unknown>>(act: () => Promise<R>): Promise<R> {
    const reply = await act()
    if (reply.ok || reply.error.code !== 'hub_session') return reply
    return (await askSession()) ? act() : reply
  }

  onEvent((event) => {
    // After a write it is queued one more; the rest is told by `hub`.
    if (event.kind === 'hub' || event.kind === 'outbox') soon()
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    asking.value?.answer(false)
  })

  return { status, refusal, busy, joined, asking, refresh, syncNow, checkHealth, join, openSession, askSession, inSession }
})
