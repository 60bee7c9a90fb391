/**
 * Carries out operations with authority. All of them read at once, then are judged in their order, each upon what the ones before decided,
 * and what they touched is written as sets. Locks come last: nothing of another desk waits while a batch thinks.
 */
import { romeTime } from '../../shared/domain/civil-day.ts'
import { createAuthors } from '../conflicts/authors.ts'
import type { Authors } from '../conflicts/authors.ts'
import { protocolNumbers } from '../conflicts/protocol-numbers.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { createPlaces } from './authority.ts'
import type { Places } from './authority.ts'
import { createBatchReader } from './batch-reader.ts'
import { OperationFailedError } from './failures.ts'
import { flush } from './flush.ts'
import { createImage } from './image.ts'
import type { Image, Seen, Touched } from './image.ts'
import { judge, namedIn } from './judge.ts'
import type { Delivered, Verdict } from './judge.ts'
import { createLane } from './lane.ts'
import { recognise } from './operations.ts'
import { keyText } from './record-sql.ts'

export type Judged = Delivered & { readonly verdict: Verdict; /** Rows its effect stands in. */ readonly rows: readonly string[] }
export type Executed = { readonly judged: readonly Judged[]; readonly touched: readonly Touched[]; readonly seen: Seen; readonly customers: readonly string[] }
type Rules = typeof recognise

export const nameOf = ({ table, row }: Pick<Touched, 'table' | 'row'>): string => `${table}\u0001${keyText(table, row)}`

/** What a batch has come to, before anything of it is written. */
export type Thought = Executed & { readonly newTickets: number; readonly write: (numbers: readonly string[]) => Promise<Executed> }

/** Judges operations as one batch upon what the transaction reads; writes nothing. */
export async function think(tx: Tx, delivered: readonly Delivered[], rules: Rules = recognise): Promise<Thought> {
  const lane = createLane(tx)
  const image = createImage(createBatchReader(lane))
  const places = createPlaces(lane)
  const authors = createAuthors(lane)
  // All at once, for what they read; the verdicts are worth nothing yet.
  if (delivered.length > 1) await Promise.allSettled(delivered.map((each) => judge(each, { reader: image.reader, recognise: rules, ...places })))
  const judged: Judged[] = []
  for (const [index, each] of delivered.entries()) judged.push(await judgeOne(image, places, authors, each, index, rules))
  const executed = { judged, touched: image.touched(), seen: image.seen(), customers: [...places.asked()] }
  return {
    ...executed,
    newTickets: executed.touched.filter(wantsNumber).length,
    write: async (numbers) => {
      const touched = withNumbers(executed.touched, numbers)
      await flush(tx, touched)
      await authors.write(tx)
      await addStaff(tx, touched)
      await places.writeErased()
      return { ...executed, touched }
    },
  }
}

/** New tickets get their protocol number, of the year in which they reach the hub. */
export function numbersFor(tx: Tx, { clock }: Pick<HubParts, 'clock'>, count: number): Promise<readonly string[]> {
  return protocolNumbers(tx, Number(romeTime(clock.now()).day.slice(0, 4)), count)
}

async function judgeOne(image: Image, places: Places, authors: Authors, delivered: Delivered, index: number, rules: Rules): Promise<Judged> {
  try {
    const verdict = await authors.named(await judge(delivered, { reader: image.reader, recognise: rules, ...places }), delivered.operation.at)
    if (verdict.code === 'erased') await places.noteErased(delivered.operation.opId, namedIn(delivered.operation.input))
    const rows = await image.apply(verdict.changes, index)
    return { ...delivered, verdict, rows: rows.map(nameOf) }
  } catch (error) {
    // What the database says of itself is not the operation's fault.
    throw error instanceof Error && 'code' in error ? error : new OperationFailedError(delivered.operation.opId, error)
  }
}

const wantsNumber = ({ table, isNew, row }: Touched): boolean => table === 'ticket' && isNew && row['number'] === null

function withNumbers(touched: readonly Touched[], given: readonly string[]): readonly Touched[] {
  const numbers = given.values()
  return touched.map((each) => (wantsNumber(each) ? { ...each, row: { ...each.row, number: numbers.next().value ?? null } } : each))
}

/** A person added at a desk belongs to the hub's staff; without a password there until the first sign-in. */
async function addStaff(tx: Tx, touched: readonly Touched[]): Promise<void> {
  const people = touched.flatMap(({ table, isNew, row }) => (table === 'person' && isNew ? [String(row['id'])] : []))
  if (people.length > 0) await tx.query('INSERT INTO staff (person_id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [people])
}

/** Batches one after the other in the same transaction, as if they had been one. */
export function joined(parts: readonly Executed[]): Executed {
  const touched = new Map<string, Touched>()
  const rows = new Map<Touched['table'], Set<string>>()
  for (const part of parts) {
    for (const each of part.touched) touched.set(nameOf(each), { ...each, isNew: each.isNew || touched.get(nameOf(each))?.isNew === true })
    for (const [table, keys] of part.seen.rows) rows.set(table, (rows.get(table) ?? new Set()).union(keys))
  }
  return {
    judged: parts.flatMap(({ judged }) => judged),
    touched: [...touched.values()],
    seen: { requests: parts.flatMap(({ seen }) => seen.requests), rows },
    customers: parts.flatMap(({ customers }) => customers),
  }
}
