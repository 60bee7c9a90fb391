import { onScopeDispose, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import type { SessionStatus } from '../../../../shared/contract/session.ts'
import { usePorts } from '../../ports.ts'

const askEveryMs = 1000

/**
 * How far the store is on its way to a new version, while `working` lasts. Asked for, because events go to those who are signed in;
 * and kept out of the session's own status, which an answer that comes late would put back.
 */
export function useMigrationProgress(working: Readonly<Ref<boolean>>): Readonly<Ref<SessionStatus['migration']>> {
  const { core } = usePorts()
  const progress = shallowRef<SessionStatus['migration']>(null)
  let timer: ReturnType<typeof setInterval> | undefined

  async function ask(): Promise<void> {
    const reply = await core.session.status({})
    if (working.value && reply.ok) progress.value = reply.value.migration
  }
  watch(working, (now) => {
    clearInterval(timer)
    progress.value = null
    if (now) timer = setInterval(() => void ask(), askEveryMs)
  }, { flush: 'sync' })
  onScopeDispose(() => clearInterval(timer))
  return progress
}
