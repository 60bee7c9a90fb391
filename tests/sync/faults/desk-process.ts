import type { Area, Contract } from '../../../shared/contract/index.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract/call.ts'
import type { LinkState, LinkTrouble } from '../../../shared/contract/hub.ts'
import { here, startChild } from './children.ts'
import type { Child } from './children.ts'

export type DeskRequest =
  | { readonly do: 'call'; readonly call: string; readonly input: unknown }
  /** Time passes: what is due by then happens. */
  | { readonly do: 'advance'; readonly milliseconds: number }
  | { readonly do: 'state' | 'exchange' | 'close' }
  /** Of the child and of the threads it begins from now on. */
  | { readonly do: 'environment'; readonly set: Readonly<Record<string, string>> }
export type OutboxRow = { readonly opId: string; readonly kind: string; readonly subjectId: string; readonly state: string; readonly outcome: string | null; readonly pos: number | null }
/** What the outbox says of each operation of the desk's people, in their order. */
export const outboxQuery = `SELECT op_id AS opId, kind, subject_id AS subjectId, state, outcome, pos FROM outbox WHERE entity <> 'person' ORDER BY seq`
export type DeskState = {
  readonly rows: readonly OutboxRow[]
  readonly standing: { readonly state: LinkState; readonly trouble: LinkTrouble | null; readonly stuck: boolean } | null
  readonly isBusy: boolean
}
export type DeskProcess = Pick<Child<DeskRequest>, 'kill' | 'ended' | 'isGone' | 'letGo'> & {
  readonly call: <A extends Area, C extends keyof Contract[A] & string>(area: A, name: C, input: InputOf<Contract[A][C]>) => Promise<ReplyOf<Contract[A][C]>>
  readonly state: () => Promise<DeskState>
  readonly advance: (milliseconds: number) => Promise<DeskState>
  readonly exchange: () => Promise<unknown>
  readonly set: (environment: Readonly<Record<string, string>>) => Promise<void>
  readonly close: () => Promise<void>
}
export type DeskOptions = { readonly dataDir: string; /** Its clock stands there. */ readonly fixedTime?: string; readonly environment?: Readonly<Record<string, string>>; readonly under?: readonly string[] }

/** A desk as a process, with its steps numbered (`crash-steps.ts`). Nobody is signed in. */
export async function startDesk({ dataDir, fixedTime = '', environment = {}, under = [] }: DeskOptions): Promise<DeskProcess> {
  const child = await startChild<DeskRequest>({ script: 'child-desk.ts', args: [dataDir, fixedTime], nodeArgs: ['--import', here('crash-steps.ts')], environment, under })
  return {
    kill: child.kill,
    letGo: child.letGo,
    ended: child.ended,
    isGone: child.isGone,
    call: (area, name, input) => child.ask({ do: 'call', call: `${area}.${name}`, input }),
    state: () => child.ask({ do: 'state' }),
    advance: (milliseconds) => child.ask({ do: 'advance', milliseconds }),
    exchange: () => child.ask({ do: 'exchange' }),
    set: (set) => child.ask({ do: 'environment', set }),
    close: async () => {
      await child.ask({ do: 'close' })
      await child.letGo()
    },
  }
}
