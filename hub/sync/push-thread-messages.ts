import type { ErrorDetails } from '../server/errors.ts'
import type { PushAnswer } from '../../shared/sync/wire.ts'
import type { Push } from './accept.ts'

/** What the thread of the pushes is started with. */
export type PushThreadData = { readonly databaseUrl: string }
export type ToPushThread = { readonly id: number; readonly push: Push } | 'stop'
/** An error that is an answer; classes do not survive the way between threads. */
export type RefusedPush = { readonly status: number; readonly code: string; readonly details: ErrorDetails | undefined; readonly retryAfter: number | undefined }
export type FromPushThread =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: PushAnswer }
  | { readonly kind: 'refused'; readonly id: number; readonly refused: RefusedPush }
  | { readonly kind: 'log'; readonly level: 'warn' | 'error'; readonly fields: object; readonly text: string }
