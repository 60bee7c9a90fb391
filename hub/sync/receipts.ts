/** What became of each operation a desk has sent: written once, answered again whenever the desk asks again. */
import type { Json } from '../../shared/domain/json.ts'
import type { Receipt, WireOperation } from '../../shared/sync/wire.ts'
import type { Tx } from '../server/parts.ts'
import { hashOf, isStorableText, namedIn } from './judge.ts'
import type { Verdict } from './judge.ts'

export type Stored = { readonly opId: string; readonly opHash: string; readonly outcome: Receipt['outcome']; readonly code: string | null; readonly details: Json; readonly pos: number }
/** An operation in its place in the queue of a desk. */
export type Placed = { readonly deviceId: string; readonly epoch: number; readonly seq: number; readonly operation: WireOperation }
/** `again`: the outcome is that of an earlier delivery under another number, or there is none because the id was taken. */
export type NewReceipt = Placed & { readonly verdict: Pick<Verdict, 'outcome' | 'code' | 'details' | 'actor'>; readonly pos: number; readonly again: boolean }

export const slotOf = ({ deviceId, epoch, seq }: Pick<Placed, 'deviceId' | 'epoch' | 'seq'>): string => `${deviceId} ${epoch} ${seq}`

/** Outcomes by operation id, whichever desk sent it, and by the place in a desk's queue. */
export async function storedReceipts(tx: Tx, placed: readonly Placed[]): Promise<{ readonly byId: ReadonlyMap<string, Stored>; readonly bySlot: ReadonlyMap<string, Stored> }> {
  const { rows } = await tx.query<Stored & { deviceId: string; epoch: number; seq: number; again: boolean }>({
    name: 'receipts',
    text: `SELECT r.op_id AS "opId", r.op_hash AS "opHash", r.outcome, r.code, r.details, r.pos, r.device_id AS "deviceId", r.epoch, r.seq, r.again
     FROM receipt AS r WHERE NOT r.again AND r.op_id = ANY($1)
     UNION ALL
     SELECT r.op_id, r.op_hash, r.outcome, r.code, r.details, r.pos, r.device_id, r.epoch, r.seq, r.again
     FROM ROWS FROM (unnest($2::text[]), unnest($3::bigint[]), unnest($4::bigint[])) AS q(device_id, epoch, seq) JOIN receipt AS r ON r.device_id = q.device_id AND r.epoch = q.epoch AND r.seq = q.seq`,
    values: [placed.map(({ operation }) => operation.opId), placed.map(({ deviceId }) => deviceId), placed.map(({ epoch }) => epoch), placed.map(({ seq }) => seq)],
  })
  return { byId: new Map(rows.flatMap((row) => (row.again ? [] : [[row.opId, row]]))), bySlot: new Map(rows.map((row) => [slotOf(row), row])) }
}

/** A text PostgreSQL can hold, for what was refused because it could not be held as it is. */
const storable = (text: string): string => (isStorableText(text) ? text : text.replaceAll('\0', '\uFFFD').toWellFormed())

export const insertReceiptsSql = (rows: string): string => `INSERT INTO receipt (device_id, epoch, seq, op_id, op_hash, kind, actor, written_at, outcome, code, details, pos, again)
  SELECT device_id, epoch, seq, op_id, op_hash, kind, actor, written_at, outcome, code, coalesce(details, 'null'::jsonb), pos, again FROM jsonb_to_recordset(${rows}::jsonb)
    AS r(device_id text, epoch bigint, seq bigint, op_id text, op_hash text, kind text, actor text, written_at text, outcome text, code text, details jsonb, pos bigint, again boolean)`

/** The parameter of the statement above. */
export function receiptValues(receipts: readonly NewReceipt[]): string {
  return JSON.stringify(receipts.map(({ deviceId, epoch, seq, operation, verdict, pos, again }) => ({
    device_id: deviceId, epoch, seq, op_id: operation.opId, op_hash: hashOf(operation), kind: storable(operation.kind), actor: verdict.actor ?? storable(operation.actor), written_at: operation.at,
    outcome: verdict.outcome, code: verdict.code, details: verdict.details, pos, again,
  })))
}

/** Keeps refused operations as they came, for the people who look after them; of an erased customer only that there was one. */
export async function keepRefused(tx: Tx, refused: readonly (Placed & { readonly verdict: Verdict })[]): Promise<void> {
  if (refused.length === 0) return
  const rows = refused.map(({ deviceId, operation, verdict }) => ({
    op_id: operation.opId, device_id: deviceId, code: verdict.code ?? '', details: verdict.details,
    // As text, because it may hold what no column of PostgreSQL can.
    envelope: JSON.stringify(verdict.code === 'erased' ? { ...operation, input: null, basis: null } : operation),
    subjects: [operation.subjectId, ...namedIn(operation.input)].map(storable),
  }))
  await tx.query(
    `INSERT INTO refused_op (op_id, device_id, envelope, code, details, subjects)
     SELECT op_id, device_id, envelope, code, coalesce(details, 'null'::jsonb), ARRAY(SELECT jsonb_array_elements_text(subjects)) FROM jsonb_to_recordset($1::jsonb)
       AS r(op_id text, device_id text, envelope text, code text, details jsonb, subjects jsonb)
     ON CONFLICT (op_id) DO NOTHING`,
    [JSON.stringify(rows)],
  )
}
