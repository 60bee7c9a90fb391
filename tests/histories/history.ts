import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { drain } from './drain.ts'
import type { FindingKind } from './findings.ts'
import { judge } from './judge.ts'
import { play, reopen } from './play.ts'
import { isFault } from './script.ts'
import type { Script } from './script.ts'
import { tamper } from './tamper.ts'
import type { Template } from './template.ts'
import { createWorld } from './world.ts'

export type Outcome = {
  readonly steps: number
  readonly faults: number
  readonly found: readonly { readonly kind: FindingKind; readonly what: string }[]
  /** What stood at the end, in one text: the same script must give the same. */
  readonly trace: string
}

const tamperedEvery = 8

/** Plays one script from the same beginning, lets everything arrive, and judges. Throws only for faults of the simulation itself. */
export async function runHistory(template: Template, script: Script, portalUrl: string): Promise<Outcome> {
  const world = await createWorld(template, script, portalUrl)
  const failures: { kind: FindingKind; what: string }[] = []
  try {
    for (const desk of world.desks) await reopen(world, desk)
    // A desk that asks without end would do so in every step that follows.
    for (const step of script.steps) if (world.findings.count('stuck') === 0) await play(world, step)
    template.hub.hook(null)
    await drain(world)
    await judge(world)
    if (script.seed % tamperedEvery === 0) await tamper(world, script.seed)
  } catch (error) {
    failures.push({ kind: 'stuck', what: `the history broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` })
  } finally {
    template.hub.hook(null)
    await world.close()
  }
  return {
    steps: script.steps.length,
    faults: script.steps.filter(isFault).length,
    found: [...world.findings.all(), ...failures],
    trace: JSON.stringify([[...world.ledger.entries.values()], [...world.ledger.acknowledged].toSorted(), world.findings.all()]),
  }
}

/** Something that answers every request with a page of its own, as the network of a hotel does. */
export async function startPortal(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Benvenuti</body></html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
