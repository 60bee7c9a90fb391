import type Electron from 'electron'
import { createFrame } from './frame.ts'
import { onCommand } from './link.ts'
import { strict } from './strict.ts'
import { allContents } from './web-contents.ts'
import type { ForgedSender } from './wire.ts'

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown
type Listener = (event: Electron.IpcMainEvent, ...args: unknown[]) => void
const handlers = new Map<string, Handler>()
const listeners = new Map<string, Listener[]>()
/** Calls that the test holds back, and the answers that they will have. */
const held: { text: string | null; released: PromiseWithResolvers<void>; answers: Promise<unknown>[] } = { text: null, released: Promise.withResolvers(), answers: [] }

type Used = Pick<Electron.IpcMain, 'handle' | 'removeHandler' | 'on'>
export const ipcMain: Used = strict('ipcMain', {
  handle: (channel, handler) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
  removeHandler: (channel) => void handlers.delete(channel),
  on: (channel: string, listener: Listener): Electron.IpcMain => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    return ipcMain as unknown as Electron.IpcMain
  },
} satisfies Used)

/** One `ipcRenderer.invoke`. Rejects in Electron's words. */
export function invoke(sender: Electron.WebContents, frame: Electron.WebFrameMain | null, channel: string, args: readonly unknown[]): Promise<unknown> {
  const { text } = held
  if (text === null || !args.some((arg) => String(arg).includes(text))) return answered(sender, frame, channel, args)
  const answer = held.released.promise.then(() => answered(sender, frame, channel, args))
  held.answers.push(answer.catch(() => undefined))
  return answer
}

async function answered(sender: Electron.WebContents, frame: Electron.WebFrameMain | null, channel: string, args: readonly unknown[]): Promise<unknown> {
  const handler = handlers.get(channel)
  if (handler === undefined) throw new Error(`Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`)
  try {
    const answer = await handler(eventOf(sender, frame), ...args)
    if (answer !== undefined && JSON.stringify(answer) === undefined) throw new Error('An object could not be cloned.')
    return answer
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error })
  }
}

/** One `ipcRenderer.send`. */
export function receive(sender: Electron.WebContents, frame: Electron.WebFrameMain | null, channel: string, args: readonly unknown[]): void {
  for (const listener of listeners.get(channel) ?? []) listener(eventOf(sender, frame) as unknown as Electron.IpcMainEvent, ...args)
}

function eventOf(sender: Electron.WebContents, senderFrame: Electron.WebFrameMain | null): Electron.IpcMainInvokeEvent {
  return { type: 'frame', frameId: 1, processId: 1, sender, senderFrame, preventDefault: () => undefined, defaultPrevented: false }
}

onCommand('hold-calls', async ({ containing }) => {
  const { answers, released } = held
  Object.assign(held, { text: containing, released: Promise.withResolvers(), answers: [] })
  released.resolve()
  await Promise.all(answers)
  return null
})

onCommand('forge-call', async ({ channel, args, sender }) => JSON.stringify(await invoke(contentsFor(sender), frameFor(sender), channel, args)))

function contentsFor({ ours }: ForgedSender): Electron.WebContents {
  const [first] = allContents()
  if (ours && first) return first
  return strict('WebContents', { id: 4711, isDestroyed: () => false }) as unknown as Electron.WebContents
}

function frameFor({ address, top }: ForgedSender): Electron.WebFrameMain | null {
  if (address === null) return null
  const [first] = allContents()
  return createFrame(address, top ? null : (first?.mainFrame ?? null)).asFrame
}
