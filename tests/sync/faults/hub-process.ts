import { startChild } from './children.ts'
import type { Child } from './children.ts'

export type StatementFault = 'killed before' | 'killed after' | 'connection ended'
export type HubRequest =
  | { readonly do: 'code'; readonly office: string; readonly founding: boolean }
  /** Statements are counted from 1 on from now; at the `at`-th that happens. */
  | { readonly do: 'arm'; readonly at: number | null; readonly how: StatementFault }
  /** How long it waits for the end of a request. */
  | { readonly do: 'patience'; readonly milliseconds: number }
  | { readonly do: 'statements' }
export type HubProcess = Pick<Child<HubRequest>, 'kill' | 'ended' | 'isGone' | 'letGo'> & {
  readonly url: string
  readonly code: (office: string, founding?: boolean) => Promise<string>
  readonly arm: (at: number | null, how?: StatementFault) => Promise<void>
  readonly waitFor: (milliseconds: number) => Promise<void>
  /** Those since it was armed last. */
  readonly statements: () => Promise<readonly string[]>
}

/** A hub as a process before that database; `dataDir` is its own from start to start. */
export async function startHub(database: { readonly url: string; readonly adminUrl: string }, dataDir: string): Promise<HubProcess> {
  const { ask, greeting, kill, ended, isGone, letGo } = await startChild<HubRequest>({ script: 'child-hub.ts', args: [database.url, database.adminUrl, dataDir] })
  return {
    kill, ended, isGone, letGo,
    url: (greeting as { url: string }).url,
    code: (office, founding = false) => ask({ do: 'code', office, founding }),
    arm: (at, how = 'killed before') => ask({ do: 'arm', at, how }),
    waitFor: (milliseconds) => ask({ do: 'patience', milliseconds }),
    statements: () => ask({ do: 'statements' }),
  }
}
