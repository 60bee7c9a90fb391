/** Every operation there is, by kind and version: what replay runs. */
import * as attachments from '../../../shared/operations/attachments.ts'
import * as customers from '../../../shared/operations/customers.ts'
import * as people from '../../../shared/operations/people.ts'
import * as portal from '../../../shared/operations/portal.ts'
import * as readings from '../../../shared/operations/readings.ts'
import * as tickets from '../../../shared/operations/tickets.ts'
import type { AnyOperation } from '../../../shared/operations/operation.ts'

const registry: ReadonlyMap<string, AnyOperation> = new Map(
  [attachments, customers, people, portal, readings, tickets].flatMap((area): unknown[] => Object.values(area)).flatMap((value) => (isOperation(value) ? [[name(value), value] as const] : [])),
)

/** `null` for a kind or version that this desk does not know (any more). */
export function operationOf(kind: string, version: number): AnyOperation | null {
  return registry.get(name({ kind, version })) ?? null
}

export function operationNames(): readonly string[] {
  return [...registry.keys()]
}

function name({ kind, version }: { kind: string; version: number }): string {
  return `${kind}@${version}`
}

function isOperation(value: unknown): value is AnyOperation {
  return typeof value === 'object' && value !== null && 'kind' in value && 'decide' in value && 'load' in value
}
