import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { CommonError, ErrorOf } from '../../../../shared/contract/call.ts'
import type { CoreClient } from '../../../../shared/contract/index.ts'
import type { Shell } from '../../../../shared/contract/shell.ts'
import type { AttachmentView, ticketsCalls } from '../../../../shared/contract/tickets.ts'
import type { Refused } from '../../../../shared/domain/result.ts'

type Calls = typeof ticketsCalls
export type FileError = ErrorOf<Calls['attachBegin'] | Calls['attachPart'] | Calls['attach'] | Calls['openAttachment'] | Calls['attachmentContent'] | Calls['attachments']> | 'unreadable'
export type FileProblem = Refused<FileError | CommonError>['error']

/** A file that is being handed over, or that did not get through. */
export type Upload = { readonly key: number; readonly name: string; readonly size: number; readonly done: number; readonly problem: FileProblem | null }

export type Attachments = {
  /** As last answered; `null` until there was an answer. */
  readonly rows: Readonly<ShallowRef<readonly AttachmentView[] | null>>
  readonly uploads: Readonly<ShallowRef<readonly Upload[]>>
  /** Why the list or a file could not be had. */
  readonly problem: Readonly<ShallowRef<FileProblem | null>>
  /** The file that is being made ready for saving, and how much of it is. */
  readonly saving: Readonly<Ref<{ readonly id: string; readonly done: number } | null>>
  readonly load: () => Promise<void>
  /** Hands files over one after another; those that did not get through stay in `uploads`. */
  readonly add: (files: readonly File[]) => Promise<void>
  /** Ends an upload, or takes one that failed off the list. */
  readonly cancel: (key: number) => void
  readonly save: (row: AttachmentView) => Promise<void>
  /** Reads a file to be looked at here; `null` where it could not be had, and `problem` says why. */
  readonly read: (row: AttachmentView) => Promise<Blob | null>
}

/** The files beside a ticket: the list, what is on its way into it, and saving a copy. */
export function createAttachments(core: Pick<CoreClient, 'tickets'>, shell: Pick<Shell, 'saveFile'>, ticketId: string): Attachments {
  const rows = shallowRef<readonly AttachmentView[] | null>(null)
  const uploads = shallowRef<readonly Upload[]>([])
  const problem = shallowRef<FileProblem | null>(null)
  const saving = ref<{ id: string; done: number } | null>(null)
  const cancelled = new Set<number>()
  let asked = 0
  let lastKey = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const reply = await core.tickets.attachments({ ticketId })
    if (mine !== asked) return
    if (reply.ok) rows.value = reply.value
    problem.value = reply.ok ? null : reply.error
  }

  const change = (key: number, part: Partial<Upload>) => {
    uploads.value = uploads.value.map((upload) => (upload.key === key ? { ...upload, ...part } : upload))
  }
  const forget = (key: number) => {
    uploads.value = uploads.value.filter((upload) => upload.key !== key)
  }

  /** Answers why it did not get through, or `null`. */
  async function handOver(file: File, key: number): Promise<FileProblem | null> {
    const begun = await core.tickets.attachBegin({ ticketId, name: file.name, size: file.size })
    if (!begun.ok) return begun.error
    const { uploadId, partBytes } = begun.value
    for (let start = 0; start < file.size; start += partBytes) {
      const data = cancelled.has(key) ? null : await readBase64(file.slice(start, start + partBytes))
      if (data === null) {
        await core.tickets.attachCancel({ uploadId })
        return cancelled.has(key) ? null : { code: 'unreadable' }
      }
      const reply = await core.tickets.attachPart({ uploadId, start, data })
      if (!reply.ok) {
        await core.tickets.attachCancel({ uploadId })
        return reply.error
      }
      change(key, { done: reply.value.received })
    }
    const reply = await core.tickets.attach({ uploadId })
    if (!reply.ok) return reply.error
    asked += 1
    rows.value = [...(rows.value ?? []), reply.value]
    return null
  }

  /** The whole content in base64, part after part; `null` where it could not be had. */
  async function fetch(row: AttachmentView): Promise<{ readonly name: string; readonly mediaType: string; readonly base64: string } | null> {
    if (saving.value !== null) return null
    problem.value = null
    saving.value = { id: row.id, done: 0 }
    try {
      const opened = await core.tickets.openAttachment({ attachmentId: row.id })
      if (!opened.ok) {
        problem.value = opened.error
        return null
      }
      // Whole parts are a multiple of three bytes: their base64 simply follows one another.
      const parts: string[] = []
      for (let start: number | null = 0; start !== null; ) {
        const reply = await core.tickets.attachmentContent({ attachmentId: row.id, start })
        if (!reply.ok) {
          problem.value = reply.error
          return null
        }
        parts.push(reply.value.data)
        start = reply.value.next
        saving.value = { id: row.id, done: start ?? row.size }
      }
      return { name: opened.value.name, mediaType: opened.value.mediaType, base64: parts.join('') }
    } finally {
      saving.value = null
    }
  }

  async function save(row: AttachmentView): Promise<void> {
    const file = await fetch(row)
    if (file === null) return
    await shell.saveFile({ name: file.name, mime: file.mediaType, text: file.base64, encoding: 'base64' })
    await load()
  }

  async function read(row: AttachmentView): Promise<Blob | null> {
    const file = await fetch(row)
    if (file === null) return null
    await load()
    return new Blob([Uint8Array.from(atob(file.base64), (character) => character.charCodeAt(0))], { type: file.mediaType })
  }

  return {
    rows,
    uploads,
    problem,
    saving,
    load,
    save,
    read,
    add: async (files) => {
      const added = files.map((file) => ({ file, key: ++lastKey }))
      uploads.value = [...uploads.value, ...added.map(({ file, key }) => ({ key, name: file.name, size: file.size, done: 0, problem: null }))]
      for (const { file, key } of added) {
        const failure = cancelled.has(key) ? null : await handOver(file, key)
        if (failure === null) forget(key)
        else change(key, { problem: failure })
      }
    },
    cancel: (key) => {
      cancelled.add(key)
      forget(key)
    },
  }
}

/** A call of a function takes so many arguments at least everywhere. */
const charactersAtOnce = 0x8000

/** `null` where the file cannot be read any more. */
async function readBase64(part: Blob): Promise<string | null> {
  try {
    const bytes = new Uint8Array(await part.arrayBuffer())
    let text = ''
    for (let at = 0; at < bytes.length; at += charactersAtOnce) text += String.fromCharCode(...bytes.subarray(at, at + charactersAtOnce))
    return btoa(text)
  } catch {
    return null
  }
}
