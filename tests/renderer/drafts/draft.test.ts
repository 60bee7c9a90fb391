import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { createDraft, flushDrafts } from '../../../renderer/src/features/drafts/draft.ts'
import { fakeCore } from '../support/fake-core.ts'

const savedAt = '2026-11-20T09:42:07.000Z'
const store = () => fakeCore({ workspace: { saveDraft: () => ({ ok: true, value: { savedAt } }), loadDraft: () => ({ ok: true, value: { text: 'prima', savedAt } }) } })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a draft', () => {
  it('keeps what was typed after a pause, once, and says when', async () => {
    const { core, asked } = store()
    const draft = createDraft(core.workspace, 'ticket:1:note')
    for (const text of ['B', 'Bo', 'Bol']) draft.write(text)
    await vi.advanceTimersByTimeAsync(600)
    expect(asked).toEqual([{ call: 'workspace.saveDraft', input: { key: 'ticket:1:note', text: 'Bol' } }])
    expect(draft.savedAt.value).toBe(savedAt)
  })

  it('also keeps while somebody types on without a pause', async () => {
    const { core, asked } = store()
    const draft = createDraft(core.workspace, 'ticket:k')
    for (let key = 1; key <= 20; key++) {
      draft.write('x'.repeat(key))
      await vi.advanceTimersByTimeAsync(200)
    }
    expect(asked.length).toBeGreaterThan(0)
  })

  it.each([20, 150, 500, 599])('never has more to lose than three seconds of typing, one key every %i ms, nor than a pause', async (every) => {
    const { core, asked } = store()
    const draft = createDraft(core.workspace, 'ticket:k')
    let typed = 0
    for (let now = 0; now < 20_000; now += every) {
      draft.write('x'.repeat(++typed))
      await vi.advanceTimersByTimeAsync(every)
      const kept = ((asked.at(-1)?.input as { text?: string } | undefined)?.text ?? '').length
      // What a crash would take at this moment.
      expect((typed - kept) * every).toBeLessThanOrEqual(3_000 + every)
    }
    await vi.advanceTimersByTimeAsync(600)
    expect(asked.at(-1)?.input).toEqual({ key: 'ticket:k', text: 'x'.repeat(typed) })
  })

  it('is gone once the work is done, and an older text does not come back after it', async () => {
    const { core, asked } = store()
    const draft = createDraft(core.workspace, 'ticket:k')
    draft.write('quasi finito')
    await draft.clear()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked.map(({ input }) => input)).toEqual([{ key: 'ticket:k', text: '' }])
    expect(draft.savedAt.value).toBeNull()
  })

  it('comes back', async () => {
    const { core } = store()
    const draft = createDraft(core.workspace, 'ticket:k')
    expect(await draft.load()).toBe('prima')
    expect(draft.savedAt.value).toBe(savedAt)
  })

  it('says so when it could not be kept', async () => {
    const { core } = fakeCore({ workspace: { saveDraft: () => ({ ok: false, error: { code: 'storage_full' } }) } })
    const draft = createDraft(core.workspace, 'ticket:k')
    draft.write('x')
    await draft.flush()
    expect(draft.failed.value).toBe(true)
    expect(draft.savedAt.value).toBeNull()
  })

  it('is tried again by itself when the disk had no room, with the newest text', async () => {
    let full = true
    const { core, asked } = fakeCore({ workspace: { saveDraft: () => (full ? { ok: false, error: { code: 'storage_full' } } : { ok: true, value: { savedAt } }) } })
    const draft = createDraft(core.workspace, 'ticket:k')
    draft.write('prima')
    await vi.advanceTimersByTimeAsync(600)
    expect(draft.failed.value).toBe(true)
    full = false
    await vi.advanceTimersByTimeAsync(5_000)
    expect(draft.failed.value).toBe(false)
    expect(asked.at(-1)?.input).toEqual({ key: 'ticket:k', text: 'prima' })
  })

  it('that is still held back is kept at once when the person goes, also of a form that has just gone', async () => {
    const { core, asked } = store()
    const [one, other] = [effectScope(), effectScope()]
    one.run(() => createDraft(core.workspace, 'ticket:1').write('uno'))
    other.run(() => createDraft(core.workspace, 'ticket:2').write('due'))
    one.stop()
    await flushDrafts()
    expect(asked.map(({ input }) => input)).toEqual([{ key: 'ticket:1', text: 'uno' }, { key: 'ticket:2', text: 'due' }])
    other.stop()
  })

  it('does not grow younger by being read, nor by a change that was taken back', async () => {
    const { core, asked } = store()
    const draft = createDraft(core.workspace, 'ticket:k')
    draft.write(await draft.load())
    await vi.advanceTimersByTimeAsync(5_000)
    draft.write('prima!')
    draft.write('prima')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked.map(({ call }) => call)).toEqual(['workspace.loadDraft'])
    expect(draft.savedAt.value).toBe(savedAt)
  })
})
