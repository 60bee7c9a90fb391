import { describe, expect, it } from 'vitest'
import { createAttachments } from '../../../renderer/src/features/tickets/attachments.ts'
import { viewingOf } from '../../../renderer/src/features/tickets/viewable.ts'
import { fileSize } from '../../../renderer/src/features/tickets/attachment-words.ts'
import type { AttachmentView } from '../../../shared/contract/tickets.ts'
import type { SaveOutcome } from '../../../shared/contract/shell.ts'
import { fakeCore } from '../support/fake-core.ts'

const row = (change: Partial<AttachmentView> = {}): AttachmentView => ({ id: 'a1', name: 'foto.png', mediaType: 'image/png', size: 7, sent: 0, addedBy: 'Anna', addedAt: '2026-11-20T09:00:00.000Z', state: 'here', ...change })
const file = (text: string, name = 'foto.png') => new File([text], name)
const noShell = { saveFile: () => Promise.resolve<SaveOutcome>('failed') }

describe('files beside a ticket on the screen', () => {
  it('are handed over part by part, and are in the list only when they were taken', async () => {
    const parts: string[] = []
    let received = 0
    const { core, asked } = fakeCore({
      tickets: {
        attachments: () => ({ ok: true, value: [] }),
        attachBegin: () => ({ ok: true, value: { uploadId: 'upload-1', partBytes: 3 } }),
        attachPart: ({ start, data }: { start: number; data: string }) => {
          parts.push(`${start} ${atob(data)}`)
          received = start + atob(data).length
          return { ok: true, value: { received } }
        },
        attach: () => ({ ok: true, value: row() }),
      },
    })
    const files = createAttachments(core, noShell, 'ticket-1')
    await files.load()
    await files.add([file('abcdefg')])
    expect(parts).toEqual(['0 abc', '3 def', '6 g'])
    expect(asked.map(({ call }) => call)).toEqual(['tickets.attachments', 'tickets.attachBegin', 'tickets.attachPart', 'tickets.attachPart', 'tickets.attachPart', 'tickets.attach'])
    expect(files.rows.value).toEqual([row()])
    expect(files.uploads.value).toEqual([])
  })

  it('that are refused stay in sight with the reason until they are taken off', async () => {
    const { core } = fakeCore({ tickets: { attachBegin: () => ({ ok: false, error: { code: 'file_too_large' } }) } })
    const files = createAttachments(core, noShell, 'ticket-1')
    await files.add([file('abc')])
    expect(files.uploads.value).toMatchObject([{ name: 'foto.png', problem: { code: 'file_too_large' } }])
    files.cancel(files.uploads.value[0]!.key)
    expect(files.uploads.value).toEqual([])
  })

  it('can be called off on the way', async () => {
    const called: string[] = []
    const { core } = fakeCore({
      tickets: {
        attachBegin: () => ({ ok: true, value: { uploadId: 'upload-1', partBytes: 1 } }),
        attachPart: ({ start }: { start: number }) => {
          called.push(`part ${start}`)
          files.cancel(1)
          return { ok: true, value: { received: start + 1 } }
        },
        attachCancel: () => {
          called.push('cancel')
          return { ok: true, value: null }
        },
      },
    })
    const files = createAttachments(core, noShell, 'ticket-1')
    await files.add([file('abc')])
    expect(called).toEqual(['part 0', 'cancel'])
    expect(files.uploads.value).toEqual([])
  })

  it('are saved whole as they were, and say why not when they cannot be had', async () => {
    const saved: object[] = []
    const shell = { saveFile: (given: object) => Promise.resolve<SaveOutcome>(saved.push(given) > 0 ? 'saved' : 'failed') }
    let away = false
    const { core } = fakeCore({
      tickets: {
        attachments: () => ({ ok: true, value: [row()] }),
        openAttachment: () => (away ? { ok: false, error: { code: 'hub_unreachable' } } : { ok: true, value: { name: 'foto.png', mediaType: 'image/png', size: 7 } }),
        attachmentContent: ({ start }: { start: number }) => ({ ok: true, value: start === 0 ? { data: btoa('abcdef'), next: 6 } : { data: btoa('g'), next: null } }),
      },
    })
    const files = createAttachments(core, shell, 'ticket-1')
    await files.save(row())
    expect(saved).toEqual([{ name: 'foto.png', mime: 'image/png', text: btoa('abcdefg'), encoding: 'base64' }])
    away = true
    await files.save(row())
    expect(files.problem.value).toEqual({ code: 'hub_unreachable' })
    expect(files.saving.value).toBeNull()
    expect(saved).toHaveLength(1)
  })

  it('have a size that people can read', () => {
    const number = (value: number, decimals = 0) => value.toFixed(decimals)
    expect([1, 12_345, 3_400_000].map((bytes) => fileSize(bytes, number))).toEqual(['1 kB', '12 kB', '3.4 MB'])
  })
})

describe('a file that is looked at', () => {
  const opened = { openAttachment: () => ({ ok: true, value: { name: 'nota.txt', mediaType: 'text/plain', size: 5 } }) as const, attachments: () => ({ ok: true, value: [] }) as const }
  it('is read whole, and kept nowhere', async () => {
    const { core } = fakeCore({ tickets: { ...opened, attachmentContent: ({ start }: { start: number }) => ({ ok: true, value: start === 0 ? { data: btoa('cia'), next: 3 } : { data: btoa('o!'), next: null } }) as const } })
    const content = await createAttachments(core, noShell, 'ticket-1').read(row({ name: 'nota.txt', mediaType: 'text/plain' }))
    expect(content?.type).toBe('text/plain')
    expect(await content?.text()).toBe('ciao!')
  })

  it('that cannot be had says why', async () => {
    const { core } = fakeCore({ tickets: { ...opened, attachmentContent: () => ({ ok: false, error: { code: 'file_damaged' } }) as const } })
    const files = createAttachments(core, noShell, 'ticket-1')
    expect(await files.read(row())).toBeNull()
    expect(files.problem.value).toEqual({ code: 'file_damaged' })
  })

  it('is a picture or plain text; nothing that could run, and no program of its own', () => {
    expect(['image/png', 'image/jpeg', 'text/plain', 'text/csv'].map(viewingOf)).toEqual(['image', 'image', 'text', 'text'])
    for (const type of ['application/pdf', 'text/html', 'image/svg+xml', 'image/heic', 'application/zip', 'application/octet-stream']) expect(viewingOf(type)).toBeNull()
  })
})
