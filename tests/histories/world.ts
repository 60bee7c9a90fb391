/** One history while it runs: hub, desks, the clock that all of them share, and what is watched on the way. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../support/hub-random.ts'
import { SimDesk } from './desk-side.ts'
import { createFindings } from './findings.ts'
import type { Findings } from './findings.ts'
import { createHubFaults } from './hub-faults.ts'
import type { HubFaults } from './hub-faults.ts'
import { createLedger } from './ledger.ts'
import type { Ledger, Written } from './ledger.ts'
import type { Script } from './script.ts'
import { places } from './small-utility.ts'
import { beginning, copyFolder, restoreHub } from './template.ts'
import type { HubState, Template } from './template.ts'
import { readPlaces, watchAnswer } from './wire-watch.ts'

export type World = {
  readonly template: Template
  readonly desks: readonly SimDesk[]
  readonly ledger: Ledger
  readonly findings: Findings
  readonly faults: HubFaults
  /** Something was decided at the hub: who may hold what is read again. */
  readonly lookAgain: () => Promise<void>
  readonly now: () => number
  readonly advance: (seconds: number) => void
  /** What a desk was about to write when it was last asked. */
  readonly attempts: Map<number, { what: Written; person: number; at: string }>
  /** How long each desk meant to wait, by the moment. */
  readonly waits: { readonly at: number; readonly desk: number; readonly milliseconds: number }[]
  backup: HubState | null
  /** Rows were changed where nobody looks: only a comparison finds it. */
  damaged: boolean
  grecoIn: 'T1' | 'T2'
  /** Operations the hub has lost in a restore, if any: a history with one is judged accordingly. */
  restores: number
  readonly close: () => Promise<void>
}

export async function createWorld(template: Template, script: Script, portalUrl: string): Promise<World> {
  const folder = mkdtempSync(join(template.folder, 'run-'))
  let now = Date.parse(beginning)
  let ids = 0
  template.hub.hook(null)
  template.hub.forgetPosition()
  template.clock.set(beginning)
  await restoreHub(template.admin, template.baseline)
  const ledger = createLedger()
  const findings = createFindings()
  const faults = createHubFaults(template)
  const waits: World['waits'] = []
  const held = { places: await readPlaces(template) }
  const desks: SimDesk[] = Array.from({ length: script.desks }, (_, index) => {
    copyFolder(template.deskFolder(index), join(folder, `${index}-0`))
    return new SimDesk({
      index, folder, person: places[index]!.person, now: () => now, hubUrl: template.hub.url, portalUrl,
      nextId: () => `5e${String(index).padStart(6, '0')}-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`,
      random: seededRandom(script.seed * 16 + index + 1),
      onWait: (milliseconds) => waits.push({ at: now, desk: index, milliseconds }),
      watch: {
        around: faults.around,
        answered: (name, answer) => {
          watchAnswer(findings, ledger, held.places, index, name, answer)
        },
      },
    })
  })
  return {
    template, desks, ledger, findings, faults, waits, backup: null, damaged: false, grecoIn: 'T2', restores: 0, attempts: new Map(),
    lookAgain: async () => {
      held.places = await readPlaces(template)
    },
    now: () => now,
    advance: (seconds) => {
      now += seconds * 1000
      template.clock.advance(seconds * 1000)
    },
    close: async () => {
      for (const desk of desks) await desk.abandon()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
