import type { z } from 'zod'
import { romeTime } from '../../../shared/domain/civil-day.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import type { Role } from '../../../shared/domain/records/people.ts'
import { ok } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Facts, Operation, Subject } from '../../../shared/operations/operation.ts'
import type { AuditEntry } from '../audit/audit-log.ts'
import { appendAudit } from '../audit/audit-log.ts'
import type { Clock, Ids } from '../ports.ts'
import { appendToOutbox } from './outbox.ts'
import { applyChange, createRecordReader } from './record-reader.ts'
import type { RawDatabase } from './cipher.ts'
import type { Store } from './store.ts'

export type Actor = { readonly id: PersonId; readonly name: string; readonly role: Role }
export type Written = { readonly opId: string; readonly seq: number; readonly at: string; readonly subject: Subject }

export type UnitOfWork = {
  /**
   * Runs an operation: load, decide, apply, queue and audit in one transaction, fsynced when this resolves.
   * A refusal changes nothing and is audited as such by nobody: it is the caller's answer.
   */
  write: <I extends z.ZodType, R, E extends string>(operation: Operation<I, R, E>, input: z.output<I>, actor: Actor, auditKind: AuditEntry['kind']) => Promise<Result<Written, E>>
  /** A write of the desk's own affairs (settings, tabs, drafts, audit entries): no operation, no outbox. */
  local: <T>(work: (db: RawDatabase) => T) => Promise<T>
}

export function createUnitOfWork(parts: { store: Store; clock: Clock; ids: Ids; desk: () => string; onWritten: (written: Written) => void }): UnitOfWork {
  const { store, clock, ids } = parts
  return {
    write: (operation, input, actor, auditKind) =>
      store.gate.exclusive(async () => {
        // The door has asked already; the operation's own table is what the hub will ask.
        if (!operation.roles.includes(actor.role)) throw new Error(`${operation.kind} is not for this role`)
        const runner = store.writer.createQueryRunner()
        await runner.startTransaction()
        try {
          const facts = collectFacts(clock, ids, actor, parts.desk())
          const records = await operation.load(createRecordReader(runner.manager), input)
          const decision = operation.decide(records, input, facts)
          if (!decision.ok) {
            await runner.rollbackTransaction()
            return decision
          }
          for (const change of decision.changes) await applyChange(runner.manager, change)
          const { subject } = decision
          const entry = { opId: facts.opId, kind: operation.kind, version: operation.version, input, actor: actor.id, at: facts.now, entity: subject.entity, subjectId: subject.id }
          const seq = appendToOutbox(store.rawWriter, entry)
          appendAudit(store.rawWriter, { at: facts.now, actor: actor.id, desk: facts.desk, kind: auditKind, subject: subject.id, details: { operation: operation.kind } })
          await runner.commitTransaction()
          const written = { opId: facts.opId, seq, at: facts.now, subject }
          parts.onWritten(written)
          return ok(written)
        } catch (error) {
          if (runner.isTransactionActive) await runner.rollbackTransaction()
          throw error
        } finally {
          await runner.release()
        }
      }),
    local: (work) =>
      store.gate.exclusive(() => Promise.resolve(store.rawWriter.transaction(() => work(store.rawWriter)).immediate())),
  }
}

function collectFacts(clock: Clock, ids: Ids, actor: Actor, desk: string): Facts {
  const now = clock.now()
  const { day, time } = romeTime(now)
  return { opId: ids.next(), now: now.toISOString(), today: day, time, actor, desk }
}
