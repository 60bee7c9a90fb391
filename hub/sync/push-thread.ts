import { Worker } from 'node:worker_threads'
import type { ClientConfig } from 'pg'
import { describeError } from '../server/error-answers.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts } from '../server/parts.ts'
import type { Answered } from './deliver.ts'
import type { PushQueue } from './push-queue.ts'
import type { FromPushThread, PushThreadData, ToPushThread } from './push-thread-messages.ts'

export type PushThread = PushQueue & { readonly start: () => void; readonly stop: () => Promise<void> }
/** Milliseconds. No statement takes as long as `answer`: whoever waits longer waits for a thread that hangs. */
export type PushThreadTimes = { readonly answer: number; readonly stop: number }

/** Beyond this a desk is asked to come back; the thread itself holds fewer. */
const waitingAtMost = 2_000

/**
 * A queue of pushes in a thread of its own. A thread that ends or hangs is replaced at the next push; what it had at work was committed or not,
 * and the desks ask again. `script` is another one only in tests.
 */
export function createPushThread({ pool, log }: Pick<HubParts, 'pool' | 'log'>, script: URL = new URL('./push-worker.ts', import.meta.url), times: PushThreadTimes = { answer: 90_000, stop: 20_000 }): PushThread {
  const waiting = new Map<number, { readonly resolve: (answered: Answered) => void; readonly timer: NodeJS.Timeout }>()
  let thread: Worker | null = null
  let stopped = false
  let last = 0

  function settle(id: number, answered: Answered): void {
    const asked = waiting.get(id)
    if (!asked) return
    clearTimeout(asked.timer)
    waiting.delete(id)
    asked.resolve(answered)
  }

  function hear(message: FromPushThread): void {
    if (message.kind === 'log') log[message.level](message.fields, message.text)
    else if (message.kind === 'answer') settle(message.id, message.answer)
    else settle(message.id, new HubError(message.refused.status, message.refused.code, message.refused.details, message.refused.retryAfter))
  }

  function begin(): Worker {
    const { connectionString: databaseUrl = '' } = pool.options as ClientConfig
    const worker = new Worker(script, { workerData: { databaseUrl } satisfies PushThreadData, name: 'sportello-hub-push' })
    worker.on('message', hear)
    worker.on('error', (error) => log.error({ err: describeError(error) }, 'the thread of the pushes failed'))
    worker.on('exit', () => {
      if (thread !== worker) return
      thread = null
      for (const id of [...waiting.keys()]) settle(id, new HubError(503, 'busy', undefined, 1))
    })
    return worker
  }

  return {
    push: (push) =>
      new Promise((resolve) => {
        if (stopped) return resolve(new HubError(503, 'stopping', undefined, 5))
        if (waiting.size >= waitingAtMost) return resolve(new HubError(503, 'busy', undefined, 1))
        const worker = (thread ??= begin())
        const id = (last += 1)
        const timer = setTimeout(() => {
          log.error({}, 'the thread of the pushes hangs and is ended')
          void worker.terminate()
        }, times.answer)
        timer.unref()
        waiting.set(id, { resolve, timer })
        worker.postMessage({ id, push } satisfies ToPushThread)
      }),
    // Before the first push, which would wait for it.
    start: () => void (thread ??= begin()),
    stop: async () => {
      stopped = true
      const worker = thread
      if (!worker) return
      const ended = new Promise((resolve) => worker.once('exit', resolve))
      worker.postMessage('stop' satisfies ToPushThread)
      const late = setTimeout(() => void worker.terminate(), times.stop)
      await ended
      clearTimeout(late)
    },
  }
}
