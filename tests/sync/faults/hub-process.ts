import { startChild } from './children.ts'
import type { Child } from './children.ts'

/** Before the statement, after its answer and before anybody has heard it, without the connection it is asked on, or not until it is let go. */
export type StatementFault = 'killed before' | 'killed after' | 'connection ended' | 'held'
export type HubRequest =
  | { readonly do: 'code'; readonly office: string; readonly founding: boolean }
  /** Statements are counted from 1 on, from the next one on that begins like `from`; at the `at`-th that happens. */
  | { readonly do: 'arm'; readonly at: number | null; readonly how: StatementFault; readonly from: string }
  /** How long it waits for the end of a request. */
  | { readonly do: 'patience'; readonly milliseconds: number }
  | { readonly do: 'statements' | 'held' | 'release' }
export type HubProcess = Pick<Child<HubRequest>, 'kill' | 'ended' | 'isGone' | 'letGo'> & {
  readonly url: string
  readonly code: (office: string, founding?: boolean) => Promise<string>
  readonly arm: (at: number | null, how?: StatementFault, from?: string) => Promise<void>
  readonly waitFor: (milliseconds: number) => Promise<void>
  readonly isHeld: () => Promise<boolean>
  readonly release: () => Promise<void>
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
    arm: (at, how = 'killed before', from = 'BEGIN') => ask({ do: 'arm', at, how, from }),
    waitFor: (milliseconds) => ask({ do: 'patience', milliseconds }),
    isHeld: () => ask({ do: 'held' }),
    release: () => ask({ do: 'release' }),
    statements: () => ask({ do: 'statements' }),
  }
}
