import { ok, refuse } from '../../../shared/domain/result.ts'
import type { RecoveryStatus } from '../../../shared/contract/recovery.ts'
import type { HandlersOf, OpenCall } from '../context.ts'
import { isDamage } from '../store/damage.ts'
import { recoveryReport } from './report.ts'

function statusOf({ desk, clientId }: Pick<OpenCall, 'desk' | 'clientId'>): RecoveryStatus {
  const signedIn = desk.session(clientId) !== null
  return { state: desk.recovery.state(clientId), notes: signedIn ? desk.recovery.notes.all() : [], storage: desk.storage.state(), hubLinkLost: signedIn && isLinkLost(desk) }
}

/** Why something does not work must be told also where the database cannot be asked. */
function isLinkLost(desk: OpenCall['desk']): boolean {
  try {
    return desk.hubLinkLost()
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

export const recoveryHandlers: HandlersOf<'recovery'> = {
  status: (call) => Promise.resolve(ok(statusOf(call))),
  tryAgain: async (call) => {
    await call.desk.lookAgain()
    return ok(statusOf(call))
  },
  restore: async (call, { copyId }) => {
    const done = await call.desk.whileClosed(() => call.desk.recovery.restore(call.clientId, copyId), refuse('not_unlocked'))
    return done.ok ? ok(statusOf(call)) : done
  },
  rebuild: async (call) => {
    const done = await call.desk.whileClosed(() => call.desk.recovery.rebuild(call.clientId), refuse('not_unlocked'))
    return done.ok ? ok(statusOf(call)) : done
  },
  report: (call) => Promise.resolve(ok(recoveryReport(call.desk, statusOf(call), call.clock.now()))),
  acknowledge: (call, { id }) => {
    call.desk.recovery.notes.remove(id)
    return Promise.resolve(ok(statusOf(call)))
  },
}
