/** The thread in which pushes are carried out: its turns are not shared with a thousand open lines, so a batch is not held up at each of its questions. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPool } from '../database/pool.ts'
import { appendAudit } from '../identity/audit.ts'
import { HubError } from '../server/errors.ts'
import { createPushQueue } from './push-queue.ts'
import type { FromPushThread, PushThreadData, ToPushThread } from './push-thread-messages.ts'

const port = parentPort
if (!port) throw new Error('this runs in a thread of its own')
const { databaseUrl } = workerData as PushThreadData
const pool = createPool({ url: databaseUrl, max: 4, name: 'sportello-hub-push' })
const tell = (message: FromPushThread): void => port.postMessage(message)
const log = (level: 'warn' | 'error') => (fields: unknown, text?: string) => tell({ kind: 'log', level, fields: fields as object, text: text ?? '' })
const queue = createPushQueue({ pool, clock: { now: () => new Date() }, audit: appendAudit, log: { warn: log('warn'), error: log('error') } })

async function answer({ id, push }: Exclude<ToPushThread, 'stop'>): Promise<void> {
  const answered = await queue.push(push)
  if (!(answered instanceof HubError)) return tell({ kind: 'answer', id, answer: answered })
  const { status, code, details, retryAfter } = answered
  tell({ kind: 'refused', id, refused: { status, code, details, retryAfter } })
}

port.on('message', (message: ToPushThread) => {
  if (message === 'stop') void pool.end().finally(() => port.close())
  else void answer(message)
})
