/** One transaction for the pushes of several desks: all of it is kept, with its outcomes, or nothing. */
import type { PushAnswer } from '../../shared/sync/wire.ts'
import type { AuditEntry } from '../identity/audit.ts'
import { mailFor } from '../mail/outgoing.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { acceptPushes, receiptOf } from './accept.ts'
import type { Accepted, Push, Sorted } from './accept.ts'
import { executeTogether, joined, nameOf } from './execute.ts'
import type { Executed } from './execute.ts'
import { TouchedMeanwhileError } from './failures.ts'
import { appendFeed, putChanges, readHead } from './feed.ts'
import type { Delivered, Verdict } from './judge.ts'
import { recognise } from './operations.ts'
import { keepRefused, writeReceipts } from './receipts.ts'
import type { NewReceipt, Placed } from './receipts.ts'
import { runApart } from './run-apart.ts'
import { isUntouched } from './untouched.ts'

export type Answered = PushAnswer | HubError
export type DeliveryOptions = {
  /** One operation at a time, each of which may fail without the others. */
  readonly apart: boolean
  readonly rules?: typeof recognise
}

const idTaken: Verdict = { outcome: 'rejected', code: 'op_id_taken', details: null, changes: [], subject: null, actor: null }
type Entry = { readonly sorted: Sorted; readonly verdict: Verdict; readonly rows: readonly string[] }

export async function deliver(tx: Tx, hub: HubParts, pushes: readonly Push[], { apart, rules = recognise }: DeliveryOptions): Promise<readonly Answered[]> {
  const before = await readHead(tx)
  const accepted = await acceptPushes(tx, before.feedId, pushes)
  const good = accepted.filter((each): each is Accepted => !(each instanceof HubError))
  const wanted = good.flatMap(({ origin, operations }) => operations.filter(({ stored, idTaken: taken }) => stored === null && !taken).map((sorted) => ({ sorted, delivered: { operation: sorted.placed.operation, origin } })))
  const done = await execute(tx, hub, wanted.map(({ delivered }) => delivered), apart, rules)
  const entries = new Map<Placed, Entry>()
  wanted.forEach(({ sorted }, index) => entries.set(sorted.placed, { sorted, verdict: done.judged[index]?.verdict ?? idTaken, rows: done.judged[index]?.rows ?? [] }))
  for (const { operations } of good) for (const sorted of operations) if (sorted.idTaken) entries.set(sorted.placed, { sorted, verdict: idTaken, rows: [] })
  const positions = await commitTo(tx, hub, before.pos, done, entries)
  const receipts = good.flatMap(({ operations }) => operations.flatMap((sorted) => newReceipt(sorted, entries.get(sorted.placed), positions)))
  await writeReceipts(tx, receipts)
  await advance(tx, good)
  const head = await readHead(tx)
  return accepted.map((each) => (each instanceof HubError ? each : answerOf(each, entries, positions, head)))
}

async function execute(tx: Tx, hub: HubParts, delivered: readonly Delivered[], apart: boolean, rules: typeof recognise): Promise<Executed> {
  if (delivered.length === 0) return joined([])
  return apart ? runApart(tx, hub, delivered, rules) : executeTogether(tx, hub, delivered, rules)
}

/** Audit and feed, in this order everywhere, and last: from here on other desks wait. Answers the position of each touched row. */
async function commitTo(tx: Tx, hub: HubParts, after: number, done: Executed, entries: ReadonlyMap<Placed, Entry>): Promise<ReadonlyMap<string, number>> {
  const all = [...entries.values()]
  await keepRefused(tx, all.flatMap(({ sorted, verdict }) => (verdict.outcome === 'rejected' ? [{ ...sorted.placed, verdict }] : [])))
  await mailFor(tx, ...all.map(({ sorted: { placed: { operation } }, verdict }) => ({ opId: operation.opId, kind: operation.kind, outcome: verdict.outcome, subjectId: verdict.subject?.id ?? operation.subjectId })))
  const ids = done.judged.map(({ operation }) => operation.opId)
  const changes = await putChanges(tx, done.touched.map(({ table, row, by }) => ({ table, row, opId: ids[by] ?? '' })))
  if (done.touched.length > 0 && !(await isUntouched(tx, after, done.seen, done.customers))) throw new TouchedMeanwhileError('early')
  await hub.audit(tx, ...all.map((entry) => auditOf(hub, entry)))
  if (changes.length === 0) return new Map()
  await tx.query('SELECT 1 FROM feed_head FOR UPDATE')
  if (!(await isUntouched(tx, after, done.seen, done.customers))) throw new TouchedMeanwhileError('late')
  const last = await appendFeed(tx, changes)
  return new Map(done.touched.map((touched, index) => [nameOf(touched), last - changes.length + index + 1]))
}

function auditOf({ clock }: HubParts, { sorted: { placed }, verdict }: Entry): AuditEntry {
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

async function advance(tx: Tx, accepted: readonly Accepted[]): Promise<void> {
  const moved = accepted.flatMap(({ push, lastSeq }) => {
    const last = push.request.firstSeq + push.request.operations.length - 1
    return last > lastSeq ? [{ id: push.deviceId, last }] : []
  })
  if (moved.length === 0) return
  await tx.query('UPDATE device AS d SET last_seq = r.last FROM unnest($1::text[], $2::bigint[]) AS r(id, last) WHERE d.id = r.id', [moved.map(({ id }) => id), moved.map(({ last }) => last)])
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
