/** One transaction for the pushes of several desks: all of it is kept, with its outcomes, or nothing. */
import type { PushAnswer } from '../../shared/sync/wire.ts'
import type { AuditEntry } from '../identity/audit.ts'
import { mailFor } from '../mail/outgoing.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { acceptPushes, receiptOf } from './accept.ts'
import type { Accepted, Push, Sorted } from './accept.ts'
import { leave, lockHeads } from './commit.ts'
import { nameOf, numbersFor, think } from './execute.ts'
import { TouchedMeanwhileError } from './failures.ts'
import { putChanges } from './feed.ts'
import type { Verdict } from './judge.ts'
import { recognise } from './operations.ts'
import { keepRefused } from './receipts.ts'
import type { NewReceipt, Placed } from './receipts.ts'
import { runApart } from './run-apart.ts'
import { isUntouched } from './untouched.ts'

export type Answered = PushAnswer | HubError
/** What carrying out needs of the hub; the rest of it may be in another thread. */
export type PushParts = Pick<HubParts, 'pool' | 'clock' | 'audit'> & { readonly log: Pick<HubParts['log'], 'warn' | 'error'> }
export type DeliveryOptions = {
  /** One operation at a time, each of which may fail without the others. */
  readonly apart: boolean
  readonly rules?: typeof recognise
}

const idTaken: Verdict = { outcome: 'rejected', code: 'op_id_taken', details: null, changes: [], subject: null, actor: null }
type Entry = { readonly sorted: Sorted; readonly verdict: Verdict; readonly rows: readonly string[] }

export async function deliver(tx: Tx, hub: PushParts, pushes: readonly Push[], { apart, rules = recognise }: DeliveryOptions): Promise<readonly Answered[]> {
  const arrived = await acceptPushes(tx, pushes)
  const good = arrived.accepted.filter((each): each is Accepted => !(each instanceof HubError))
  const wanted = good.flatMap(({ origin, operations }) => operations.filter(({ stored, idTaken: taken }) => stored === null && !taken).map((sorted) => ({ sorted, delivered: { operation: sorted.placed.operation, origin } })))
  const delivered = wanted.map((each) => each.delivered)
  const done = apart ? { ...(await runApart(tx, hub, delivered, rules)), newTickets: 0, write: null } : await think(tx, delivered, rules)
  const entries = new Map<Placed, Entry>()
  wanted.forEach(({ sorted }, index) => entries.set(sorted.placed, { sorted, verdict: done.judged[index]?.verdict ?? idTaken, rows: done.judged[index]?.rows ?? [] }))
  for (const { operations } of good) for (const sorted of operations) if (sorted.idTaken) entries.set(sorted.placed, { sorted, verdict: idTaken, rows: [] })
  const isNew = good.some(({ operations }) => operations.some(({ isNewSlot }) => isNewSlot))
  if (!isNew) return arrived.accepted.map((each) => (each instanceof HubError ? each : answerOf(each, entries, new Map(), arrived)))

  await keepRefused(tx, [...entries.values()].flatMap(({ sorted, verdict }) => (verdict.outcome === 'rejected' ? [{ ...sorted.placed, verdict }] : [])))
  // From here on other batches wait: first whether all that was read still stands, then what follows from it.
  const numbers = await numbersFor(tx, hub, done.newTickets)
  const heads = await lockHeads(tx, done.touched.length > 0)
  if (done.touched.length > 0 && heads.pos !== arrived.pos && !(await isUntouched(tx, arrived.pos, done.seen, done.customers))) throw new TouchedMeanwhileError()
  const { touched } = done.write ? await done.write(numbers) : done
  await mailFor(tx, ...[...entries.values()].map(({ sorted: { placed: { operation } }, verdict }) => ({ opId: operation.opId, kind: operation.kind, outcome: verdict.outcome, subjectId: verdict.subject?.id ?? operation.subjectId })))
  const ids = done.judged.map(({ operation }) => operation.opId)
  const changes = await putChanges(tx, touched.map(({ table, row, by }) => ({ table, row, opId: ids[by] ?? '' })))
  const positions = new Map(touched.map((each, index) => [nameOf(each), heads.pos + index + 1]))
  const receipts = good.flatMap(({ operations }) => operations.flatMap((sorted) => newReceipt(sorted, entries.get(sorted.placed), positions)))
  const { audit, pos } = await leave(tx, heads, { audit: [...entries.values()].map((entry) => auditOf(hub, entry)), changes, receipts, moved: movedOf(good) })
  return arrived.accepted.map((each) => (each instanceof HubError ? each : answerOf(each, entries, positions, { feedId: arrived.feedId, pos, auditHead: `${audit.seq}:${audit.hash}` })))
}

function auditOf({ clock }: PushParts, { sorted: { placed }, verdict }: Entry): AuditEntry {
  const refused = verdict.outcome === 'rejected'
  return {
    at: clock.now().toISOString(),
    actor: verdict.actor ?? 'unknown',
    deviceId: placed.deviceId,
    kind: refused ? 'refused' : 'wrote',
    subject: verdict.subject?.id ?? null,
    details: { opId: placed.operation.opId, ...(refused ? { code: verdict.code } : { operation: placed.operation.kind, outcome: verdict.outcome }) },
  }
}

const posOf = ({ rows }: Entry, positions: ReadonlyMap<string, number>): number => Math.max(0, ...rows.map((name) => positions.get(name) ?? 0))

function newReceipt(sorted: Sorted, entry: Entry | undefined, positions: ReadonlyMap<string, number>): NewReceipt[] {
  if (!sorted.isNewSlot) return []
  const { placed, stored } = sorted
  if (stored) return [{ ...placed, verdict: { ...stored, actor: null }, pos: stored.pos, again: true }]
  return entry ? [{ ...placed, verdict: entry.verdict, pos: posOf(entry, positions), again: sorted.idTaken }] : []
}

/** Desks whose queue has moved, and how far. */
function movedOf(accepted: readonly Accepted[]): readonly { readonly id: string; readonly last: number }[] {
  return accepted.flatMap(({ push, lastSeq }) => {
    const last = push.request.firstSeq + push.request.operations.length - 1
    return last > lastSeq ? [{ id: push.deviceId, last }] : []
  })
}

function answerOf({ push, lastSeq, operations }: Accepted, entries: ReadonlyMap<Placed, Entry>, positions: ReadonlyMap<string, number>, head: { feedId: string; pos: number; auditHead: string }): PushAnswer {
  const receipts = operations.flatMap((sorted) => {
    const { placed, stored } = sorted
    if (stored) return [receiptOf(placed, stored)]
    const entry = entries.get(placed)
    return entry ? [receiptOf(placed, { ...entry.verdict, pos: posOf(entry, positions) })] : []
  })
  const last = push.request.firstSeq + operations.length - 1
  return { feedId: head.feedId, epoch: push.request.epoch, ackedThrough: Math.max(last, lastSeq), receipts, head: head.pos, auditHead: head.auditHead }
}
