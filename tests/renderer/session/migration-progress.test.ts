import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, effectScope, ref } from 'vue'
import { alwaysUp } from '../../../renderer/src/host-link.ts'
import { noDesktop } from '../../../renderer/src/host-shell.ts'
import { providePorts } from '../../../renderer/src/ports.ts'
import { useMigrationProgress } from '../../../renderer/src/features/session/migration-progress.ts'
import type { SessionStatus } from '../../../shared/contract/session.ts'
import { fakeCore, later } from '../support/fake-core.ts'

const status = (migration: SessionStatus['migration']) => ({ ok: true, value: { state: 'signed_out', migration } as SessionStatus }) as const

function open(answer: () => ReturnType<typeof status> | Promise<ReturnType<typeof status>>) {
  const { core, asked } = fakeCore({ session: { status: answer } })
  const app = createApp({ render: () => null })
  providePorts(app, { core, shell: noDesktop, link: alwaysUp, onEvent: () => () => undefined })
  const working = ref(false)
  const scope = effectScope()
  const progress = app.runWithContext(() => scope.run(() => useMigrationProgress(working)))!
  return { working, progress, asked, stop: () => scope.stop() }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the way of a store to a new version', () => {
  it('is asked for while somebody is signing in, and not otherwise', async () => {
    let done = 0
    const { working, progress, asked, stop } = open(() => status({ done: done++, total: 3 }))
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked).toEqual([])
    working.value = true
    await vi.advanceTimersByTimeAsync(1000)
    expect(progress.value).toEqual({ done: 0, total: 3 })
    await vi.advanceTimersByTimeAsync(2000)
    expect(progress.value).toEqual({ done: 2, total: 3 })
    working.value = false
    expect(progress.value).toBeNull()
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked).toHaveLength(3)
    stop()
  })

  it('is not shown by an answer that comes when the desk is open', async () => {
    const slow = later<ReturnType<typeof status>>()
    const { working, progress, stop } = open(() => slow.answer)
    working.value = true
    await vi.advanceTimersByTimeAsync(1000)
    working.value = false
    slow.give(status({ done: 1, total: 3 }))
    await vi.advanceTimersByTimeAsync(0)
    expect(progress.value).toBeNull()
    stop()
  })
})
