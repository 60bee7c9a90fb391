import type { z } from 'zod'
import { romeTime } from '../../../shared/domain/civil-day.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { Role } from '../../../shared/domain/records/people.ts'
import { ok } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Facts, Operation, Subject } from '../../../shared/operations/operation.ts'
import type { AuditEntry } from '../audit/audit-log.ts'
import { appendAudit } from '../audit/audit-log.ts'
import type { Clock, Ids, Log } from '../ports.ts'
import { keepBaseRows } from '../sync/base-rows.ts'
import { assertNotHeld } from '../sync/held-back.ts'
import { isFollowing } from '../sync/sync-store.ts'
import { appendToOutbox } from './outbox.ts'
import type { OutboxEntry } from './outbox.ts'
import { applyChange, createRecordReader } from './record-reader.ts'
import type { RawDatabase } from './cipher.ts'
import type { Store } from './store.ts'
import { transact } from './transaction.ts'

export type Actor = { readonly id: PersonId; readonly name: string; readonly role: Role }
export type Written = { readonly opId: string; readonly seq: number; readonly at: string; readonly subject: Subject }

export type UnitOfWork = {
  /**
   * Runs an operation: load, decide, apply, queue and audit in one transaction, fsynced when this resolves.
   * Throws `RecordHeldError` for a record that only a newer desk understands. A refusal changes nothing and is audited as such by nobody: it is the caller's answer.
   */
  write: <I extends z.ZodType, R, E extends string>(operation: Operation<I, R, E>, input: z.output<I>, actor: Actor, auditKind: AuditEntry['kind']) => Promise<Result<Written, E>>
  /**
   * Two operations or none: the second one, made from the first, goes directly behind it in the queue. A refusal of either is the answer,
   * and then nothing has changed.
   */
  writeBoth: <I extends z.ZodType, R, E extends string, J extends z.ZodType, S, F extends string>(first: Step<I, R, E>, then: (written: Written) => Step<J, S, F>, actor: Actor) => Promise<Result<Written, E | F>>
  /** A write of the desk's own affairs (settings, tabs, drafts, audit entries): no operation, no outbox. */
  local: <T>(work: (db: RawDatabase) => T) => Promise<T>
}

/** An operation with what it is given. */
export type Step<I extends z.ZodType, R, E extends string> = { readonly operation: Operation<I, R, E>; readonly input: z.output<I>; readonly auditKind: AuditEntry['kind'] }

type Told = OutboxEntry & { readonly seq: number }
/** What else is told of the operations of a transaction, before its commit: the journal beside the database. Answers how to take them back. */
export type WriteAhead = (entries: readonly Told[]) => () => void

export function createUnitOfWork(parts: { store: Store; clock: Clock; ids: Ids; desk: () => string; log: Log; onWritten: (written: Written) => void; writeAhead?: WriteAhead }): UnitOfWork {
  const { store, clock, ids } = parts

  /** What is committed is saved, whatever becomes of the news about it. */
  function tell(written: Written): void {
    try {
      parts.onWritten(written)
    } catch (error) {
      parts.log('error', 'news_failed', { name: error instanceof Error ? error.name : 'unknown' })
    }
  }

  /** Inside the transaction. What the journal is to be told is noted in `entries`. */
  async function carryOut<I extends z.ZodType, R, E extends string>({ operation, input, auditKind }: Step<I, R, E>, actor: Actor, entries: Told[]): Promise<Result<Written, E>> {
    // The door has asked already; the operation's own table is what the hub will ask.
    if (!operation.roles.includes(actor.role)) throw new Error(`${operation.kind} is not for this role`)
    const facts = collectFacts(clock, ids, actor, parts.desk())
    const records = await operation.load(createRecordReader(store.writer.manager), input)
    const decision = operation.decide(records, input, facts)
    if (!decision.ok) return decision
    assertNotHeld(store.rawWriter, decision.changes)
    const following = isFollowing(store.rawWriter)
    for (const change of decision.changes) {
      if (following) keepBaseRows(store.rawWriter, change)
      await applyChange(store.writer.manager, change)
    }
    const { subject } = decision
    const entry = { opId: facts.opId, kind: operation.kind, version: operation.version, input: input as Json, basis: operation.basis?.(records) ?? null, actor: actor.id, at: facts.now, desk: facts.desk, entity: subject.entity, subjectId: subject.id }
    const seq = appendToOutbox(store.rawWriter, entry)
    appendAudit(store.rawWriter, { at: facts.now, actor: actor.id, desk: facts.desk, kind: auditKind, subject: subject.id, details: { operation: operation.kind } })
    entries.push({ ...entry, seq })
    return ok({ opId: facts.opId, seq, at: facts.now, subject })
  }

  /** One transaction; nothing of it is kept, nor told to the journal, where one of its operations is refused or fails. */
  async function together<T, E extends string>(work: (entries: Told[]) => Promise<Result<T, E>>): Promise<Result<T, E>> {
    const entries: Told[] = []
    let takeBack: (() => void) | undefined
    return store.gate.exclusive(() =>
      transact(store.rawWriter, async () => {
        const result = await work(entries)
        if (result.ok) takeBack = parts.writeAhead?.(entries)
        return result
      }, (decided) => decided.ok).catch((error: unknown) => {
        // Told as failed: it must not come back from the journal.
        takeBack?.()
        throw error
      }))
  }

  return {
    write: async (operation, input, actor, auditKind) => {
      const result = await together((entries) => carryOut({ operation, input, auditKind }, actor, entries))
      if (result.ok) tell(result.value)
      return result
    },
    writeBoth: async <I extends z.ZodType, R, E extends string, J extends z.ZodType, S, F extends string>(first: Step<I, R, E>, then: (written: Written) => Step<J, S, F>, actor: Actor) => {
      const result = await together<readonly [Written, Written], E | F>(async (entries) => {
        const one = await carryOut(first, actor, entries)
        if (!one.ok) return one
        const other = await carryOut(then(one.value), actor, entries)
        return other.ok ? ok([one.value, other.value]) : other
      })
      if (!result.ok) return result
      for (const written of result.value) tell(written)
      return ok(result.value[0])
    },
    local: (work) =>
      store.gate.exclusive(() => Promise.resolve(store.rawWriter.transaction(() => work(store.rawWriter)).immediate())),
  }
}

function collectFacts(clock: Clock, ids: Ids, actor: Actor, desk: string): Facts {
  const now = clock.now()
  const { day, time } = romeTime(now)
  return { opId: ids.next(), now: now.toISOString(), today: day, time, actor, desk }
}
