import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CommonError, ErrorOf } from '../../../../shared/contract/call.ts'
import type { recoveryCalls, RecoveryStatus } from '../../../../shared/contract/recovery.ts'
import type { Refused, Result } from '../../../../shared/domain/result.ts'
import { usePorts } from '../../ports.ts'

type Failure = Refused<ErrorOf<(typeof recoveryCalls)['restore' | 'rebuild']> | CommonError>['error']
export type ReportOutcome = 'saved' | 'failed' | null

/** Why the desk does not open, what was put right, and whether it can be written to. */
export const useRecovery = defineStore('recovery', () => {
  const { core, shell, onEvent } = usePorts()
  /** `null` until the core has answered once. */
  const status = shallowRef<RecoveryStatus | null>(null)
  const failure = shallowRef<Failure>()
  const working = ref<'restore' | 'rebuild' | 'tryAgain' | null>(null)
  const report = ref<ReportOutcome>(null)
  /** What was done here last, for the page where one signs in. */
  const done = ref<'restored' | 'rebuilt' | null>(null)
  const storage = computed(() => status.value?.storage ?? 'ok')
  const notes = computed(() => status.value?.notes ?? [])

  function take(reply: Result<RecoveryStatus, NonNullable<Failure>['code']>): boolean {
    if (reply.ok) status.value = reply.value
    else failure.value = reply.error
    return reply.ok
  }

  async function refresh(): Promise<void> {
    const reply = await core.recovery.status({})
    if (reply.ok) status.value = reply.value
  }

  /** A desk that has joined again has its link. */
  async function refreshLink(why: 'storage' | 'hub'): Promise<void> {
    if (why === 'storage' || status.value?.hubLinkLost === true) await refresh()
  }

  /** One at a time; answers whether it went well. */
  async function run(what: 'restore' | 'rebuild' | 'tryAgain', work: () => Promise<Result<RecoveryStatus, NonNullable<Failure>['code']>>): Promise<boolean> {
    if (working.value !== null) return false
    working.value = what
    failure.value = undefined
    try {
      return take(await work())
    } finally {
      working.value = null
    }
  }

  async function restore(copyId: string): Promise<boolean> {
    const went = await run('restore', () => core.recovery.restore({ copyId }))
    if (went) done.value = 'restored'
    else await refresh()
    return went
  }
  async function rebuild(): Promise<boolean> {
    const went = await run('rebuild', () => core.recovery.rebuild({}))
    if (went) done.value = 'rebuilt'
    else await refresh()
    return went
  }
  const tryAgain = (): Promise<boolean> => run('tryAgain', () => core.recovery.tryAgain({}))

  async function saveReport(): Promise<void> {
    const reply = await core.recovery.report({})
    const outcome = reply.ok ? await shell.saveFile({ name: reply.value.name, mime: 'application/json', text: reply.value.text }) : 'failed'
    report.value = outcome === 'saved' ? 'saved' : outcome === 'cancelled' ? null : 'failed'
  }

  async function acknowledge(id: string): Promise<void> {
    take(await core.recovery.acknowledge({ id }))
  }

  onEvent((event) => {
    if (event.kind === 'storage' && status.value !== null) status.value = { ...status.value, storage: event.state }
    else if (event.kind === 'storage' || event.kind === 'hub') void refreshLink(event.kind)
  })

  return { status, failure, working, report, done, storage, notes, refresh, restore, rebuild, tryAgain, saveReport, acknowledge }
})
