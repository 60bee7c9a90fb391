import type { QueryResult, QueryResultRow } from 'pg'
import type { Tx } from '../server/parts.ts'

/** A connection that many ask at once; it answers one after the other. */
export type Lane = { readonly query: <R extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<QueryResult<R>> }

export function createLane(tx: Tx): Lane {
  let last: Promise<unknown> = Promise.resolve()
  return {
    query: <R extends QueryResultRow>(text: string, values: readonly unknown[]) => {
      const answer = last.then(() => tx.query<R>(text, [...values]))
      last = answer.catch(() => undefined)
      return answer
    },
  }
}

/** Asks for many ids in one query, those of one turn of the event loop, and remembers the answers. */
export function createLookup<V>(fetch: (ids: readonly string[]) => Promise<ReadonlyMap<string, V>>): { readonly get: (id: string) => Promise<V | null>; readonly asked: () => Iterable<string> } {
  const known = new Map<string, Promise<V | null>>()
  let next: { readonly ids: string[]; readonly answer: Promise<ReadonlyMap<string, V>> } | null = null

  function ask(id: string): Promise<V | null> {
    next ??= gather()
    next.ids.push(id)
    return next.answer.then((answer) => answer.get(id) ?? null)
  }
  function gather() {
    const ids: string[] = []
    const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      next = null
      return fetch(ids)
    })
    return { ids, answer }
  }
  return {
    get: (id) => {
      const answer = known.get(id) ?? ask(id)
      known.set(id, answer)
      return answer
    },
    asked: () => known.keys(),
  }
}
