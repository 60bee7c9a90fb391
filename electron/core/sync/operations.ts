/** Every operation there is, by kind and version: what replay runs. */
import { allOperations } from '../../../shared/operations/all.ts'
import type { AnyOperation } from '../../../shared/operations/operation.ts'

const registry: ReadonlyMap<string, AnyOperation> = new Map(allOperations.map((each) => [name(each), each]))

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
