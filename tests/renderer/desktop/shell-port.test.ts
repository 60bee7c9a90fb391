import { describe, expect, it } from 'vitest'
import { tellProblems, useShellProblem } from '../../../renderer/src/features/desktop/shell-problems.ts'
import { hotkeyName } from '../../../renderer/src/features/settings/hotkey-name.ts'
import { nativeShell, noDesktop } from '../../../renderer/src/host-shell.ts'
import { hotkeys, saveProblems, shellAbilities } from '../../../shared/contract/shell.ts'
import type { PrintOutcome, SaveOutcome, ShellAsk } from '../../../shared/contract/shell.ts'
import { messages } from '../../../shared/locales/index.ts'
import { speech } from '../desk/desk-harness.ts'

const file = { name: 'letture.csv', mime: 'text/csv', text: 'a;b' }

/** The preload's bridge with a desktop behind it that answers what the test says. */
function bridgeTo(reply: (request: { ability: string; input: object }) => unknown) {
  const listeners = new Set<(event: string) => void>()
  const bridge = {
    call: () => Promise.resolve(''),
    onEvent: (listener: (event: string) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    shell: (request: string) => Promise.resolve(JSON.stringify(reply(JSON.parse(request) as { ability: string; input: object }))),
  }
  return { bridge, say: (event: object) => listeners.forEach((listener) => listener(JSON.stringify(event))) }
}

describe('the shell in Electron', () => {
  it('says what came of it in the words of the port', async () => {
    const { shell } = nativeShell(bridgeTo(({ ability }) => ({ print: 'cancelled', saveFile: 'disk_full', notify: true })[ability]).bridge)
    expect([await shell.print(), await shell.saveFile(file), await shell.notify({ notice: 'indexReady', target: { to: 'area', area: 'lookup' } })]).toEqual(['cancelled', 'disk_full', true])
  })

  it.each([null, true, 'constructor', { ok: false, error: { code: 'forbidden', details: {} } }])('takes no unknown answer for a success: %j', async (answer) => {
    const { shell } = nativeShell(bridgeTo(() => answer).bridge)
    expect([await shell.print(), await shell.saveFile(file), await shell.computer(), await shell.setComputer({ atLogin: true })]).toEqual(['failed', 'failed', null, null])
  })

  it('fails quietly and truthfully when the channel breaks', async () => {
    const { shell } = nativeShell({ ...bridgeTo(() => null).bridge, shell: () => Promise.reject(new Error('gone')) })
    expect([await shell.print(), await shell.saveFile(file), await shell.computer()]).toEqual(['failed', 'failed', null])
    await expect(shell.listen(true)).resolves.toBeUndefined()
  })

  it('keeps the desktop’s asks out of the core’s events', () => {
    const { bridge, say } = bridgeTo(() => null)
    const { shell, onEvent } = nativeShell(bridge)
    const events: string[] = []
    const asks: ShellAsk[] = []
    onEvent((event) => events.push(event))
    const stop = shell.onAsk((ask) => asks.push(ask))
    say({ kind: 'shell', ask: { do: 'badLink' } })
    say({ kind: 'signed_out', clientId: 'a' })
    stop()
    say({ kind: 'shell', ask: { do: 'badLink' } })
    expect(events).toEqual(['{"kind":"signed_out","clientId":"a"}'])
    expect(asks).toEqual([{ do: 'badLink' }])
  })
})

describe('a page without a desktop', () => {
  it('offers no native thing and claims none', async () => {
    expect(shellAbilities.filter((ability) => noDesktop.can(ability))).toEqual([])
    expect([await noDesktop.notify({ notice: 'indexReady', target: { to: 'area', area: 'lookup' } }), await noDesktop.computer(), await noDesktop.saveFile(file)]).toEqual([false, null, 'failed'])
  })
})

describe('a native thing that fails', () => {
  const shellThat = (outcome: SaveOutcome, printed: PrintOutcome = 'done') => tellProblems({ ...noDesktop, saveFile: () => Promise.resolve(outcome), print: () => Promise.resolve(printed) })

  it('is told on the desk with its reason, until it has worked', async () => {
    const problem = useShellProblem()
    for (const reason of saveProblems) {
      expect(await shellThat(reason).saveFile(file)).toBe(reason)
      expect(problem.value).toBe(reason)
    }
    await shellThat('saved').saveFile(file)
    expect(problem.value).toBeNull()
    await shellThat('saved', 'failed').print()
    expect(problem.value).toBe('print')
    // What became of the printer says nothing of the disk, and the other way round.
    await shellThat('saved', 'cancelled').print()
    await shellThat('saved').saveFile(file)
    expect(problem.value).toBe('print')
    await shellThat('saved').print()
    expect(problem.value).toBeNull()
  })

  it('is no failure when the person changed their mind', async () => {
    await shellThat('cancelled').saveFile(file)
    expect(useShellProblem().value).toBeNull()
  })

  it('has words for every reason in both languages', () => {
    for (const { shell } of Object.values(messages)) for (const reason of saveProblems) expect(shell.problem[reason]).toMatch(/\.$/)
  })
})

describe('the name of a hotkey', () => {
  it('is the keyboard’s own, in the person’s language', () => {
    expect(hotkeyName(hotkeys[0], false, speech('it').t)).toBe('Ctrl+Maiusc+Spazio')
    expect(hotkeyName(hotkeys[0], false, speech('en').t)).toBe('Ctrl+Shift+Space')
    expect(hotkeyName(hotkeys[1], true, speech('it').t)).toBe('⌘ ⇧ K')
    expect(new Set(hotkeys.map((hotkey) => hotkeyName(hotkey, false, speech('it').t))).size).toBe(hotkeys.length)
  })
})
