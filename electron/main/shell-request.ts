import { z } from 'zod'
import { hotkeys } from '../../shared/contract/shell.ts'
import { noticeSchema } from './policy/notification.ts'
import { shellLanguages } from './words.ts'

/** An attachment of 50 MiB in base64 fits. */
const longestText = 72 * 1024 * 1024
const nothing = z.strictObject({})

const requestSchema = z.discriminatedUnion('ability', [
  z.strictObject({ ability: z.literal('print'), input: nothing }),
  z.strictObject({
    ability: z.literal('saveFile'),
    input: z.strictObject({ name: z.string().min(1).max(200), mime: z.string().max(80), text: z.string().max(longestText), encoding: z.literal('base64').optional() }),
  }),
  z.strictObject({ ability: z.literal('openExternal'), input: z.strictObject({ address: z.string().max(500) }) }),
  z.strictObject({ ability: z.literal('notify'), input: noticeSchema }),
  z.strictObject({ ability: z.literal('listen'), input: z.strictObject({ on: z.boolean() }) }),
  z.strictObject({ ability: z.literal('speak'), input: z.strictObject({ language: z.enum(shellLanguages) }) }),
  z.strictObject({ ability: z.literal('computer'), input: nothing }),
  z.strictObject({
    ability: z.literal('setComputer'),
    input: z.strictObject({ hotkey: z.enum(hotkeys).nullable().optional(), atLogin: z.boolean().optional(), keepRunning: z.boolean().optional() }),
  }),
])
export type ShellRequest = z.infer<typeof requestSchema>

/** One request of a page for a native thing; `null` for everything that is not written exactly so. */
export function parseShellRequest(text: string): ShellRequest | null {
  try {
    return requestSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Whether it takes somebody who is signed in. Before sign-in a page may print itself, tell its language, and stop listening. */
export function needsSession(request: ShellRequest): boolean {
  switch (request.ability) {
    case 'print':
    case 'speak':
      return false
    case 'listen':
      return request.input.on
    case 'saveFile':
    case 'openExternal':
    case 'notify':
    case 'computer':
    case 'setComputer':
      return true
  }
}
