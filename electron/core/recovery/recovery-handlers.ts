import { ok } from '../../../shared/domain/result.ts'
import type { RecoveryStatus } from '../../../shared/contract/recovery.ts'
import type { HandlersOf, OpenCall } from '../context.ts'
import { recoveryReport } from './report.ts'

function statusOf({ desk, clientId }: Pick<OpenCall, 'desk' | 'clientId'>): RecoveryStatus {
  return { state: desk.recovery.state(clientId), notes: desk.session(clientId) === null ? [] : desk.recovery.notes.all(), storage: desk.storage.state() }
}

export const recoveryHandlers: HandlersOf<'recovery'> = {
  status: (call) => Promise.resolve(ok(statusOf(call))),
  tryAgain: async (call) => {
    await call.desk.lookAgain()
    return ok(statusOf(call))
  },
  restore: async (call, { copyId }) => {
    const done = await call.desk.whileClosed(() => call.desk.recovery.restore(call.clientId, copyId))
    return done.ok ? ok(statusOf(call)) : done
  },
  rebuild: async (call) => {
    const done = await call.desk.whileClosed(() => call.desk.recovery.rebuild(call.clientId))
    return done.ok ? ok(statusOf(call)) : done
  },
  report: (call) => Promise.resolve(ok(recoveryReport(call.desk, statusOf(call), call.clock.now()))),
  acknowledge: (call, { id }) => {
    call.desk.recovery.notes.remove(id)
    return Promise.resolve(ok(statusOf(call)))
  },
}
