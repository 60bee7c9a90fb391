import type { BrowserWindow } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAsks } from '../../../electron/main/asks.ts'
import type { DeskWindow } from '../../../electron/main/desk-windows.ts'
import { askLastsMs } from '../../../shared/contract/shell.ts'
import type { ShellAsk } from '../../../shared/contract/shell.ts'

const copied: ShellAsk = { do: 'lookup', text: 'RSSMRA80A01H501U' }
const nextTab: ShellAsk = { do: 'action', id: 'desk.nextTab' }

/** Windows by name; what each page heard and which came forward. */
function desktop(...names: string[]) {
  const all: DeskWindow[] = []
  const open = (name = `new-${all.length + 1}`): DeskWindow => {
    const desk = { window: { name } as unknown as BrowserWindow, clientId: name }
    all.push(desk)
    return desk
  }
  for (const name of names) open(name)
  const nameOf = (window: BrowserWindow): string => all.find((desk) => desk.window === window)?.clientId ?? '?'
  const heard: [string, ShellAsk][] = []
  const forward: string[] = []
  let front: string | null = names[0] ?? null
  const asks = createAsks({
    windows: { all: () => all },
    front: () => all.find(({ clientId }) => clientId === front) ?? null,
    open: () => open(),
    bringForward: (window) => forward.push(nameOf(window)),
    tell: (window, event) => {
      if (event.kind === 'shell') heard.push([nameOf(window), event.ask])
    },
  })
  return { asks, heard, forward, all, inFront: (name: string | null) => (front = name) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('what a person asks from outside the page', () => {
  it('reaches the page in front at once when somebody is signed in there', () => {
    const { asks, heard, forward } = desktop('a', 'b')
    asks.listen('a', true)
    asks.ask(copied)
    expect(heard).toEqual([['a', copied]])
    expect(forward).toEqual(['a'])
  })

  it('goes to the window where somebody is signed in, though another is in front', () => {
    const { asks, heard, forward } = desktop('a', 'b')
    asks.listen('b', true)
    asks.ask(copied)
    expect(heard).toEqual([['b', copied]])
    expect(forward).toEqual(['b'])
  })

  it('opens a window where there is none, and waits for its page', () => {
    const { asks, heard, forward, all } = desktop()
    asks.ask(copied)
    expect([forward, heard]).toEqual([['new-1'], []])
    asks.listen(all[0]!.clientId, true)
    expect(heard).toEqual([['new-1', copied]])
  })

  it('waits for the sign-in, once', () => {
    const { asks, heard } = desktop('a')
    asks.ask(copied)
    expect(heard).toEqual([])
    asks.listen('a', true)
    asks.listen('a', false)
    asks.listen('a', true)
    expect(heard).toEqual([['a', copied]])
  })

  it('is forgotten after a minute without a sign-in', () => {
    const { asks, heard } = desktop('a')
    asks.ask(copied)
    vi.advanceTimersByTime(askLastsMs - 1)
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(1)
    expect(vi.getTimerCount()).toBe(0)
    asks.listen('a', true)
    expect(heard).toEqual([])
  })

  it('gives way to what is asked later', () => {
    const { asks, heard } = desktop('a')
    asks.ask(copied)
    vi.advanceTimersByTime(askLastsMs - 1)
    asks.ask({ do: 'lookup', text: 'later' })
    vi.advanceTimersByTime(askLastsMs - 1)
    asks.listen('a', true)
    expect(heard).toEqual([['a', { do: 'lookup', text: 'later' }]])
  })

  it('does not reach a page whose person has left', () => {
    const { asks, heard } = desktop('a')
    asks.listen('a', true)
    asks.listen('a', false)
    asks.ask(copied)
    expect(heard).toEqual([])
    expect(asks.isListening('a')).toBe(false)
  })

  it('comes back to the window that a notification belongs to', () => {
    const { asks, heard, forward } = desktop('a', 'b')
    asks.listen('a', true)
    asks.listen('b', true)
    const open: ShellAsk = { do: 'open', target: { to: 'area', area: 'lookup' } }
    asks.ask(open, 'b')
    expect([heard, forward]).toEqual([[['b', open]], ['b']])
  })

  it('acts from the menu now or not at all', () => {
    const { asks, heard, forward, inFront } = desktop('a', 'b')
    asks.ask(nextTab)
    asks.listen('a', true)
    expect(heard).toEqual([])
    asks.ask(nextTab)
    inFront('b')
    asks.ask(nextTab)
    inFront(null)
    asks.ask(nextTab)
    expect(heard).toEqual([['a', nextTab]])
    expect(forward).toEqual([])
  })

  it('is not told to somebody who claims a window that is not there', () => {
    const { asks, heard } = desktop('a')
    asks.ask(copied)
    asks.listen('stranger', true)
    expect(asks.isListening('stranger')).toBe(false)
    expect(heard).toEqual([])
  })
})
