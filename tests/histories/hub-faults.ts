/** What breaks at the hub around one request: its process, its database, the moment of a commit. */
import type { Client } from 'pg'
import type { HubAnswer } from '../../electron/core/sync/ports.ts'
import type { LineFault } from './script.ts'
import type { Template } from './template.ts'

export type HeldAt = 'audit' | 'commit'
export type HubFaults = {
  readonly around: (fault: LineFault, send: () => Promise<HubAnswer<unknown>>) => Promise<HubAnswer<unknown>>
  /** Holds the first transaction of a push that comes to this place. */
  readonly hold: (at: HeldAt) => { readonly isHeld: () => boolean; readonly release: () => void }
  /** Whether somebody waits for a lock of the held transaction. */
  readonly isBlocked: () => Promise<boolean>
}

/** From here on other batches wait. */
const auditLock = /FOR UPDATE OF a|FROM audit_head FOR UPDATE/

/** About as many; the next cut comes one later. */
const statementsOfAPush = 10

export function createHubFaults(template: Template): HubFaults {
  let cuts = 0
  const { admin, hub } = template

  const kill = async (client: Client) => {
    const pid = (client as unknown as { processID: number | null }).processID
    await admin.query('SELECT pg_terminate_backend($1)', [pid])
  }

  return {
    around: async (fault, send) => {
      switch (fault) {
        case 'hub dies before':
          await hub.restart()
          return { ok: false, failure: { kind: 'unreachable' } }
        case 'hub dies after': {
          const answer = await send()
          await hub.restart()
          return answer
        }
        case 'database cut': {
          // Somewhere in the middle of what the push does.
          const at = 2 + (cuts % statementsOfAPush)
          cuts += 1
          let statements = 0
          hub.hook((_text, client) => ((statements += 1) === at ? kill(client) : undefined))
          const answer = await send()
          hub.hook(null)
          return answer
        }
        case 'torn commit': {
          let torn = false
          hub.hook((text, client) => {
            if (torn || text !== 'COMMIT') return undefined
            torn = true
            return kill(client)
          })
          const answer = await send()
          hub.hook(null)
          return answer
        }
        default:
          return send()
      }
    },
    hold: (at) => {
      let held = false
      let used = false
      let release: () => void = () => undefined
      const gate = new Promise<void>((resolve) => {
        release = resolve
      })
      hub.hook((text) => {
        if (used || !(at === 'audit' ? auditLock.test(text) : text === 'COMMIT')) return undefined
        used = true
        held = true
        return gate.finally(() => {
          held = false
        })
      })
      return {
        isHeld: () => held,
        release: () => {
          hub.hook(null)
          release()
        },
      }
    },
    isBlocked: async () => {
      const { rows } = await admin.query<{ blocked: boolean }>('SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0) AS blocked')
      return rows[0]?.blocked === true
    },
  }
}
