/**
 * Pushes that wait at the same time are carried out together: a commit to disk, the audit chain and the feed are paid once for all of them.
 * A desk has one push at work at a time; a batch that fails is tried apart, so that nobody suffers from another's operations.
 */
import { inTransaction } from '../database/pool.ts'
import { describeError } from '../server/error-answers.ts'
import { HubError } from '../server/errors.ts'
import type { Tx } from '../server/parts.ts'
import type { Push } from './accept.ts'
import { deliver } from './deliver.ts'
import type { Answered, DeliveryOptions, PushParts } from './deliver.ts'
import { OperationFailedError, isLostRace, isOfTheBatch, isTaken } from './failures.ts'
import type { recognise } from './operations.ts'

export type PushQueue = { readonly push: (push: Push) => Promise<Answered> }
type Waiting = { readonly push: Push; readonly resolve: (answered: Answered) => void }

/** Batches at work at once: one thinks while another is being committed. */
const workers = 2
const operationsTogether = 400
/** Beyond this a desk is asked to come back: memory stays bounded whatever comes. */
const waitingAtMost = 400
const racesAtMost = 8
const takenAtMost = 2

export function createPushQueue(hub: PushParts, rules?: typeof recognise): PushQueue {
  let waiting: Waiting[] = []
  const atWork = new Set<string>()
  let running = 0

  /** The oldest first, of each desk one. */
  function take(): Waiting[] {
    const taken: Waiting[] = []
    const left: Waiting[] = []
    let operations = 0
    for (const each of waiting) {
      const fits = operations === 0 || operations + each.push.request.operations.length <= operationsTogether
      if (!fits || atWork.has(each.push.deviceId)) left.push(each)
      else {
        taken.push(each)
        atWork.add(each.push.deviceId)
        operations += each.push.request.operations.length
      }
    }
    waiting = left
    return taken
  }

  function start(): void {
    while (running < workers) {
      const batch = take()
      if (batch.length === 0) return
      running += 1
      void work(batch).finally(() => {
        running -= 1
        for (const { push } of batch) atWork.delete(push.deviceId)
        start()
      })
    }
  }

  async function work(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await run(batch.map(({ push }) => push), false)
      batch.forEach(({ resolve }, index) => resolve(answers[index] ?? busy()))
    } catch (error) {
      if (isOfTheBatch(error)) for (const { push, resolve } of batch) resolve(await alone(push).catch(undone))
      else for (const { resolve } of batch) resolve(undone(error))
    }
  }

  /** Nothing was kept: the desk comes back with the same. */
  function undone(error: unknown): HubError {
    if (error instanceof HubError) return error
    hub.log.warn({ err: describeError(error) }, 'push undone')
    return busy()
  }

  async function alone(push: Push): Promise<Answered> {
    try {
      const [answer] = await run([push], true)
      return answer ?? busy()
    } catch (error) {
      if (!(error instanceof OperationFailedError)) throw error
      hub.log.error({ opId: error.opId, err: describeError(error.cause) }, 'operation failed')
      await hub.pool.query('INSERT INTO failing_op (op_id, attempts) VALUES ($1, 1) ON CONFLICT (op_id) DO UPDATE SET attempts = failing_op.attempts + 1, last_at = now()', [error.opId])
      return busy()
    }
  }

  async function run(pushes: readonly Push[], apart: boolean): Promise<readonly Answered[]> {
    const options: DeliveryOptions = { apart, ...(rules ? { rules } : {}) }
    for (let race = 1; ; race += 1) {
      try {
        return await inTransaction(hub.pool, (tx: Tx) => deliver(tx, hub, pushes, options))
      } catch (error) {
        if (!isLostRace(error) && !(isTaken(causeOf(error)) && race <= takenAtMost)) throw error
        if (race >= racesAtMost) throw busy()
      }
    }
  }

  return {
    push: (push) =>
      new Promise((resolve) => {
        if (waiting.length >= waitingAtMost) {
          resolve(busy())
          return
        }
        waiting.push({ push, resolve })
        // What arrives in the same turn goes together.
        setImmediate(start)
      }),
  }
}

const causeOf = (error: unknown): unknown => (error instanceof OperationFailedError ? error.cause : error)
const busy = (): HubError => new HubError(503, 'busy', undefined, 1)
