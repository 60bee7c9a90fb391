import { z } from 'zod'
import { noticeAreas, notices } from '../../../shared/contract/shell.ts'
import type { NoticeKind } from '../../../shared/contract/shell.ts'
import type { ShellWords } from '../words.ts'

/** A notification names one of the sentences the desk has, and a place by its opaque id: there is no room for personal data. */
export const noticeSchema = z.strictObject({
  notice: z.enum(notices),
  target: z.discriminatedUnion('to', [z.strictObject({ to: z.literal('tab'), tabId: z.uuid() }), z.strictObject({ to: z.literal('area'), area: z.enum(noticeAreas) })]),
})

/** Title and text in the person's language. */
export function noticeWords(words: ShellWords, notice: NoticeKind): { readonly title: string; readonly body: string } {
  return { title: words.notice[notice], body: words.notice[`${notice}Text`] }
}

/** Whoever looks at the desk needs no notification of it. */
export function showsNotice(state: { readonly supported: boolean; readonly focused: boolean }): boolean {
  return state.supported && !state.focused
}
