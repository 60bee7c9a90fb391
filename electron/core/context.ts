import type { CallSpec, ErrorOf, OutputOf, ParsedInputOf, AccessOf } from '../../shared/contract/call.ts'
import type { Contract } from '../../shared/contract/index.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { CoreEvent } from '../../shared/contract/events.ts'
import type { AuditEntry } from './audit/audit-log.ts'
import type { Actor, UnitOfWork } from './store/unit-of-work.ts'
import type { Store } from './store/store.ts'
import type { Drafts } from './workspace/drafts.ts'
import type { Clock, Ids, Log } from './ports.ts'
import type { Desk } from './desk.ts'

/** Who stands before the door: one window or one browser, named by its host. */
export type DispatchContext = { readonly clientId: string }

export type CoreParts = { readonly clock: Clock; readonly ids: Ids; readonly log: Log; readonly emit: (event: CoreEvent) => void; readonly desk: Desk }

/** A handler called before sign-in. */
export type OpenCall = CoreParts & { readonly clientId: string; readonly trace: (subject: string | null, details?: AuditEntry['details']) => void }

/** A handler called by a signed-in person: the open store comes with it. */
export type SignedCall = OpenCall & {
  readonly session: Session
  readonly actor: Actor
  readonly store: Store
  readonly work: UnitOfWork
  readonly drafts: Drafts
}

export type Session = {
  readonly clientId: string
  readonly personId: string
  readonly username: string
  readonly actor: Actor
  /** Customers whose caller has been verified in this session, with the checks that were passed. */
  readonly verified: Map<string, { readonly checks: readonly string[]; readonly at: string }>
  /** Wrong answers per customer since the last right ones: guessing is not verifying. */
  readonly wrongAnswers: Map<string, number>
  /** Grows with each search, so that an older count knows it is no longer wanted. */
  searches: number
}

export type Handler<C> =
  C extends CallSpec
    ? (call: AccessOf<C> extends 'anyone' ? OpenCall : SignedCall, input: ParsedInputOf<C>) => Promise<Result<OutputOf<C>, ErrorOf<C>>>
    : never

/** One handler for every call of an area; a forgotten one does not compile. */
export type HandlersOf<A extends keyof Contract> = { readonly [C in keyof Contract[A]]: Handler<Contract[A][C]> }
export type AllHandlers = { readonly [A in keyof Contract]: HandlersOf<A> }

