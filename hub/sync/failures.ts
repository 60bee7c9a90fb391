import { ImpossibleChangeError } from './image.ts'
import { RowsMissingError } from './flush.ts'

/** Somebody committed a change of what this batch had read: it is read again. */
export class TouchedMeanwhileError extends Error {
  override readonly name = 'TouchedMeanwhileError'
}

/** One operation failed where none may: nothing of its batch is kept, and its try is counted. */
export class OperationFailedError extends Error {
  override readonly name = 'OperationFailedError'
  readonly opId: string
  constructor(opId: string, cause: unknown) {
    super('an operation failed', { cause })
    this.opId = opId
  }
}

const stateOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

/** Trying the same again at once makes sense: a lost race, a deadlock, a serialization failure. */
export const isLostRace = (error: unknown): boolean => error instanceof TouchedMeanwhileError || error instanceof RowsMissingError || stateOf(error) === '40001' || stateOf(error) === '40P01'

/** Two that were first in the same moment: who reads again finds the other one. When it comes again, it is the batch's own doing. */
export const isTaken = (error: unknown): boolean => stateOf(error) === '23505'

/**
 * The batch's own doing, and not the database's state: an operation of it cannot be carried out. A table or a right that is missing is
 * nobody's operation: everybody waits until it is back, and nobody's work is set aside for it.
 */
export const isOfTheBatch = (error: unknown): boolean => error instanceof ImpossibleChangeError || error instanceof OperationFailedError || /^(22|23|P0)/.test(stateOf(error)) || (error instanceof Error && stateOf(error) === '' && !isConnection(error))

/** The driver's own words for a lost connection have no state. */
const isConnection = (error: Error): boolean => /connect|terminat|socket|pool|timeout/i.test(error.message)
