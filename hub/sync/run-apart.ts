import type { HubParts, Tx } from '../server/parts.ts'
import { joined, numbersFor, think } from './execute.ts'
import type { Executed } from './execute.ts'
import { OperationFailedError, isLostRace, isOfTheBatch } from './failures.ts'
import type { Delivered, Verdict } from './judge.ts'
import type { recognise } from './operations.ts'

/** Tries of an operation that fails where none may, before it is set aside. */
export const triesOfAnOperation = 3

/**
 * One operation after the other, each undone by itself when it fails. One that failed for the last time is refused and kept; before that
 * nothing of the push is kept (`OperationFailedError`), so that a fault that passes costs nobody their work.
 */
export async function runApart(tx: Tx, hub: Pick<HubParts, 'clock'>, delivered: readonly Delivered[], rules: typeof recognise): Promise<Executed> {
  const { rows } = await tx.query<{ op_id: string; attempts: number }>('SELECT op_id, attempts FROM failing_op WHERE op_id = ANY($1)', [delivered.map(({ operation }) => operation.opId)])
  const attempts = new Map(rows.map(({ op_id: id, attempts: count }) => [id, count]))
  const parts: Executed[] = []
  for (const each of delivered) {
    await tx.query('SAVEPOINT operation')
    try {
      const thought = await think(tx, [each], rules)
      const part = await thought.write(await numbersFor(tx, hub, thought.newTickets))
      await tx.query('RELEASE SAVEPOINT operation')
      parts.push({ ...part, touched: part.touched.map((touched) => ({ ...touched, by: parts.length })) })
    } catch (error) {
      if (isLostRace(error) || !isOfTheBatch(error)) throw error
      const { opId } = each.operation
      if ((attempts.get(opId) ?? 0) + 1 < triesOfAnOperation) throw error instanceof OperationFailedError ? error : new OperationFailedError(opId, error)
      await tx.query('ROLLBACK TO SAVEPOINT operation')
      await tx.query('DELETE FROM failing_op WHERE op_id = $1', [opId])
      parts.push({ judged: [{ ...each, verdict: broken, rows: [] }], touched: [], seen: { requests: [], rows: new Map() }, customers: [] })
    }
  }
  return joined(parts)
}

const broken: Verdict = { outcome: 'rejected', code: 'internal', details: null, changes: [], subject: null, actor: null }
