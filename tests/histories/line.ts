/** The line of one desk: every request waits until the scheduler lets it go, and meets what the script says. Behind it stands the real HTTP transport. */
import type { HubAnswer, HubTransport } from '../../electron/core/sync/ports.ts'
import type { ChangesAnswer, PushRequest } from '../../shared/sync/wire.ts'
import type { LineFault, LineState } from './script.ts'

type Ask = { readonly name: string; readonly send: () => Promise<HubAnswer<unknown>>; readonly give: (answer: HubAnswer<unknown>) => void }
export type LineWatch = {
  /** An answer of the hub on its way to the desk, whether it arrives or not. */
  readonly answered: (name: string, answer: HubAnswer<unknown>) => void
  /** What happens at the hub around one request. */
  readonly around: (fault: LineFault, send: () => Promise<HubAnswer<unknown>>) => Promise<HubAnswer<unknown>>
}
export type Line = {
  readonly transport: HubTransport
  readonly waiting: () => string | null
  readonly setState: (state: LineState) => void
  readonly state: () => LineState
  /** Lets the first request go; resolves when its answer, or its loss, has reached the desk. */
  readonly go: (fault: LineFault) => Promise<void>
  /** Sends the first request without handing over the answer; `deliver` does that. */
  readonly sendOnly: () => { readonly done: Promise<void>; readonly deliver: () => void } | null
  /** A request hangs: nothing more is asked until somebody tears the line down. */
  readonly hangs: () => boolean
  /** The transport gives up a connection that is silent; one that trickles on it does not. */
  readonly silence: () => void
  readonly cut: () => void
}

const unreachable = { ok: false, failure: { kind: 'unreachable' } } as const

export function createLine(real: HubTransport, portal: HubTransport, watch: LineWatch): Line {
  let state: LineState = 'up'
  let asks: Ask[] = []
  let hung: Ask[] = []
  let isCut = false
  let stale: ChangesAnswer | null = null
  let earlier: PushRequest | null = null

  function ask<T>(name: string, send: () => Promise<HubAnswer<T>>, overPortal: () => Promise<HubAnswer<T>>): Promise<HubAnswer<T>> {
    if (isCut || state === 'down') return Promise.resolve(unreachable)
    if (state === 'portal') return overPortal()
    return new Promise((resolve) => asks.push({ name, send, give: (answer) => resolve(answer as HubAnswer<T>) }))
  }
  function dropAll(): void {
    const lost = [...asks, ...hung]
    asks = []
    hung = []
    for (const each of lost) each.give(unreachable)
  }
  async function sendAndTell(each: Ask, fault: LineFault): Promise<HubAnswer<unknown>> {
    const answer = await watch.around(fault, each.send)
    watch.answered(each.name, answer)
    return answer
  }

  async function go(fault: LineFault): Promise<void> {
    const each = asks.shift()
    if (!each) return
    if (fault === 'hang') return void hung.push(each)
    if (fault === 'lost before') return each.give(unreachable)
    if (fault === 'busy') return each.give({ ok: false, failure: { kind: 'busy', afterSeconds: 3, code: 'busy' } })
    if (fault === 'portal') return each.give({ ok: false, failure: { kind: 'not_a_hub' } })
    if (fault === 'stale' && each.name === 'changes' && stale !== null) return each.give({ ok: true, value: stale })
    if (fault === 'late copy' && earlier !== null) watch.answered('push', await real.push(earlier))
    const both = fault === 'together' ? sendAndTell(each, 'none') : null
    if (fault === 'twice') await sendAndTell(each, 'none')
    const answer = await sendAndTell(each, fault)
    if (both) await both
    each.give(fault === 'lost after' || fault === 'hub dies after' || state === 'deaf' || isCut ? unreachable : answer)
  }

  const passed = <K extends 'snapshot' | 'page' | 'checksums' | 'purged' | 'newEpoch'>(name: K) => ((given: never) => ask(name, () => (real[name] as (given: never) => Promise<HubAnswer<unknown>>)(given), () => (portal[name] as (given: never) => Promise<HubAnswer<unknown>>)(given))) as unknown as HubTransport[K]
  const transport: HubTransport = {
    push: (request) =>
      ask('push', () => {
        earlier ??= request
        return real.push(request)
      }, () => portal.push(request)),
    changes: (query) =>
      ask('changes', async () => {
        const answer = await real.changes(query)
        if (answer.ok && answer.value.changes.length > 0) stale ??= answer.value
        return answer
      }, () => portal.changes(query)),
    snapshot: passed('snapshot'),
    page: passed('page'),
    checksums: passed('checksums'),
    purged: passed('purged'),
    newEpoch: passed('newEpoch'),
    listen: () => () => undefined,
    leases: () => Promise.resolve(unreachable),
    // Sessions at the hub are left out: nothing that is simulated needs one.
    openSession: () => Promise.resolve(unreachable),
    closeSession: () => Promise.resolve(unreachable),
    ask: () => Promise.resolve(unreachable),
    file: () => Promise.resolve(unreachable),
    blob: { size: () => Promise.resolve(unreachable), put: () => Promise.resolve(unreachable), get: () => Promise.resolve(unreachable) },
    reset: dropAll,
    close: () => {
      dropAll()
      real.close()
      portal.close()
    },
  }
  return {
    transport,
    waiting: () => asks[0]?.name ?? null,
    setState: (next) => {
      state = next
      if (next === 'down' || next === 'portal') dropAll()
    },
    state: () => state,
    go,
    sendOnly: () => {
      const each = asks.shift()
      if (!each) return null
      let answer: HubAnswer<unknown> = unreachable
      const done = sendAndTell(each, 'none').then((found) => {
        answer = found
      })
      return { done, deliver: () => each.give(state === 'deaf' || isCut ? unreachable : answer) }
    },
    hangs: () => hung.length > 0,
    silence: () => {
      const lost = hung.filter(({ name }) => name !== 'push')
      hung = hung.filter(({ name }) => name === 'push')
      for (const each of lost) each.give(unreachable)
    },
    cut: () => {
      isCut = true
      dropAll()
    },
  }
}
