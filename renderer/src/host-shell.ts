import type { HostEvent } from '../../shared/contract/events.ts'
import { printOutcomes, saveProblems } from '../../shared/contract/shell.ts'
import type { Computer, PrintOutcome, SaveOutcome, Shell, ShellAsk } from '../../shared/contract/shell.ts'
import type { Bridge } from './host.ts'

/** What a page without a desktop around it can say truthfully to each native thing. */
export const noDesktop: Shell = {
  host: 'serve',
  can: () => false,
  print: () => Promise.resolve('failed'),
  saveFile: () => Promise.resolve('failed'),
  notify: () => Promise.resolve(false),
  onAsk: () => () => undefined,
  listen: () => Promise.resolve(),
  speak: () => Promise.resolve(),
  computer: () => Promise.resolve(null),
  setComputer: () => Promise.resolve(null),
}

const saveOutcomes: readonly SaveOutcome[] = ['saved', 'cancelled', ...saveProblems]

/** The desktop over the preload's bridge. Asks of the shell come on the line of the core's events and are taken out of it here. */
export function nativeShell(bridge: Bridge): { readonly shell: Shell; readonly onEvent: Bridge['onEvent'] } {
  const listeners = new Set<(ask: ShellAsk) => void>()

  async function ask(ability: string, input: object = {}): Promise<unknown> {
    try {
      return JSON.parse(await bridge.shell(JSON.stringify({ ability, input })))
    } catch {
      return null
    }
  }
  const computer = async (ability: string, input: object = {}): Promise<Computer | null> => {
    const answer = await ask(ability, input)
    // A refusal of the channel itself has another form.
    return typeof answer === 'object' && answer !== null && 'hotkey' in answer ? (answer as Computer) : null
  }

  return {
    onEvent: (listener) =>
      bridge.onEvent((text) => {
        const event = JSON.parse(text) as HostEvent
        if (event.kind !== 'shell') listener(text)
        else for (const hear of listeners) hear(event.ask)
      }),
    shell: {
      host: 'electron',
      can: (ability) => ability !== 'openExternal',
      print: async () => oneOf<PrintOutcome>(printOutcomes, await ask('print')) ?? 'failed',
      saveFile: async (file) => oneOf(saveOutcomes, await ask('saveFile', file)) ?? 'failed',
      notify: async (notice) => (await ask('notify', notice)) === true,
      onAsk: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      listen: async (on) => void (await ask('listen', { on })),
      speak: async (language) => void (await ask('speak', { language })),
      computer: () => computer('computer'),
      setComputer: (change) => computer('setComputer', change),
    },
  }
}

/** The answer, if it is one of the texts it may be. */
function oneOf<Text extends string>(known: readonly Text[], answer: unknown): Text | null {
  return known.find((one) => one === answer) ?? null
}
