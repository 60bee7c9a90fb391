/** Every operation there is. What an area exports is found here by itself, and its kind must be handled wherever all kinds are named. */
import * as attachments from './attachments.ts'
import * as customers from './customers.ts'
import * as decisions from './decisions.ts'
import type { AnyOperation } from './operation.ts'
import * as people from './people.ts'
import * as portal from './portal.ts'
import * as readings from './readings.ts'
import * as tickets from './tickets.ts'

const areas = { ...attachments, ...customers, ...decisions, ...people, ...portal, ...readings, ...tickets }
type Areas = typeof areas
type KindOf<T> = T extends { readonly kind: infer K extends string; readonly decide: unknown } ? K : never

/** `ticket.open`, `reading.enter`, … */
export type OperationKind = KindOf<Areas[keyof Areas]>

export const allOperations: readonly (AnyOperation & { readonly kind: OperationKind })[] = Object.values<unknown>(areas).filter(isOperation)

/** `null` for a kind that this version does not know. */
export function operationKind(kind: string): OperationKind | null {
  return allOperations.find((each) => each.kind === kind)?.kind ?? null
}

function isOperation(value: unknown): value is AnyOperation & { readonly kind: OperationKind } {
  return typeof value === 'object' && value !== null && 'kind' in value && 'decide' in value && 'load' in value
}

type RefusalOf<T> = T extends { readonly decide: unknown; readonly refusals: readonly (infer E extends string)[] } ? E : never
/** Every code with which an operation may be refused. */
export type OperationRefusal = RefusalOf<Areas[keyof Areas]>
export const operationRefusals = [...new Set(allOperations.flatMap(({ refusals }) => refusals))] as readonly OperationRefusal[]
