/** A desk in a process of its own, told what to do over the channel to its parent; its time is the parent's. */
import { createCore } from '../../../electron/core/core.ts'
import { realHub } from '../../../electron/core/sync/desk-hub.ts'
import { createVirtualTimer } from '../../histories/virtual-time.ts'
import { testHashCost } from '../../support/hash-cost.ts'
import { step } from './crash-steps.ts'
import { outboxQuery } from './desk-process.ts'
import type { DeskRequest, DeskState } from './desk-process.ts'

const [, , dataDir = '', fixed = ''] = process.argv
let ahead = 0
const now = () => Date.now() + ahead
const timer = createVirtualTimer(now, () => 0.5, () => undefined)
const core = createCore({
  dataDir, hashCost: testHashCost, upkeepByHand: true, clock: { now: () => new Date(fixed === '' ? now() : fixed) },
  hub: { ...realHub, timer, crash: step },
})

/** As its own screen would have it, and what the outbox says of each operation. */
function stateOf(): DeskState {
  const hub = core.desk.hub()
  const rows = core.desk.session('desk') === null ? [] : core.desk.bulkParts().deskWriter.prepare(outboxQuery).all()
  return { rows: rows as DeskState['rows'], standing: hub?.standing() ?? null, isBusy: hub?.isPushing() === true }
}

async function answerTo(request: DeskRequest): Promise<unknown> {
  switch (request.do) {
    case 'call':
      return JSON.parse(await core.dispatch({ clientId: 'desk' }, JSON.stringify({ call: request.call, input: request.input })))
    case 'advance':
      ahead += request.milliseconds
      timer.fire()
      return stateOf()
    case 'state':
      return stateOf()
    case 'exchange':
      return core.desk.hub()?.exchangeNow() ?? 'none'
    case 'environment':
      Object.assign(process.env, request.set)
      return null
    case 'close':
      await core.close()
      return null
  }
}

process.on('message', (message) => {
  const { id, request } = message as { id: number; request: DeskRequest }
  answerTo(request).then((value) => process.send?.({ id, value }), (error: unknown) => process.send?.({ id, failed: error instanceof Error ? `${error.name} ${error.message}` : 'failed' }))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
