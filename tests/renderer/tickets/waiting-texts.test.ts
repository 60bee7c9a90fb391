import { describe, expect, it } from 'vitest'
import { createWaitingTexts } from '../../../renderer/src/features/tickets/waiting-texts.ts'
import { fakeCore } from '../support/fake-core.ts'

const at = '2026-11-20T09:42:07.000Z'
function desk(kept: Record<string, string>) {
  const drafts = new Map(Object.entries(kept))
  const { core } = fakeCore({
    workspace: {
      drafts: () => ({ ok: true, value: { drafts: [...drafts.keys()].map((key) => ({ key, savedAt: at, target: null })), removed: [] } }),
      loadDraft: ({ key }: { key: string }) => ({ ok: true, value: drafts.has(key) ? { text: drafts.get(key) ?? '', savedAt: at } : null }),
      saveDraft: ({ key, text }: { key: string; text: string }) => {
        if (text === '') drafts.delete(key)
        else drafts.set(key, text)
        return { ok: true, value: { savedAt: at } }
      },
    },
  })
  return { core, drafts }
}

describe('texts of a ticket whose step is not open', () => {
  it('are those of this ticket alone, whether the step is still possible or not', async () => {
    const { core } = desk({ 'ticket:1:answer': 'Gentile cliente', 'ticket:1:note': 'x', 'ticket:12:answer': 'altro', 'ticket.new:1': 'nuovo' })
    const waiting = createWaitingTexts(core.workspace, '1', () => 'note')
    await waiting.refresh()
    expect(waiting.texts.value).toEqual([{ step: 'answer', savedAt: at }])
  })

  it('go into a note behind what it holds, and are then nowhere else', async () => {
    const { core, drafts } = desk({ 'ticket:1:answer': 'Gentile cliente', 'ticket:1:note': 'Ha richiamato' })
    const waiting = createWaitingTexts(core.workspace, '1', () => 'note')
    expect(await waiting.intoNote('answer')).toBe(true)
    expect([...drafts]).toEqual([['ticket:1:note', 'Ha richiamato\n\nGentile cliente']])
  })

  it('are dropped, and that is taken back', async () => {
    const { core, drafts } = desk({ 'ticket:1:answer': 'Gentile cliente' })
    const waiting = createWaitingTexts(core.workspace, '1', () => null)
    const text = await waiting.drop('answer')
    expect([...drafts]).toEqual([])
    await waiting.putBack('answer', text)
    expect([...drafts]).toEqual([['ticket:1:answer', 'Gentile cliente']])
    expect(waiting.texts.value).toHaveLength(1)
  })
})
