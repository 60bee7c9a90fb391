import { inject } from 'vue'
import type { App, InjectionKey } from 'vue'
import type { CoreClient } from '../../shared/contract/index.ts'
import type { CoreEvent } from '../../shared/contract/events.ts'
import type { Shell } from '../../shared/contract/shell.ts'
import type { LinkWatch } from './host-link.ts'

/** What the renderer sees of the world: data, what changed, native things. */
export type Ports = {
  readonly core: CoreClient
  readonly shell: Shell
  /** Hears what the core says until the answer is called. */
  readonly onEvent: (listener: (event: CoreEvent) => void) => () => void
  /** Whether the core can be reached at all. */
  readonly link: LinkWatch
}

const portsKey: InjectionKey<Ports> = Symbol('ports')

export function providePorts(app: App, ports: Ports): void {
  app.provide(portsKey, ports)
}

/** The ports inside a component or a store. */
export function usePorts(): Ports {
  const ports = inject(portsKey)
  if (ports === undefined) throw new Error('ports are not installed')
  return ports
}
