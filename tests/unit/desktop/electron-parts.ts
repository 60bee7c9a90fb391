/** Stand-ins for the parts of Electron that a wiring file touches, and a platform of the test's choice. */
import { EventEmitter } from 'node:events'

/** What was called, in order, with its arguments. */
export type Calls = unknown[][]

/** Runs as if on another system; what it changes is put back. */
export async function onPlatform<T>(platform: NodeJS.Platform, run: () => T | Promise<T>): Promise<T> {
  const own = Object.getOwnPropertyDescriptor(process, 'platform')
  Object.defineProperty(process, 'platform', { ...own, value: platform })
  try {
    return await run()
  } finally {
    if (own) Object.defineProperty(process, 'platform', own)
  }
}

/** An event that a listener may prevent. */
export function preventable<T extends object>(details: T): T & { preventDefault: () => void; readonly prevented: () => boolean } {
  let prevented = false
  return { ...details, preventDefault: () => void (prevented = true), prevented: () => prevented }
}

export type Recorder = EventEmitter & Record<string, (...args: unknown[]) => unknown>

/** An emitter that also has methods, all of which are written down. */
export function recorder(calls: Calls, answers: Readonly<Record<string, unknown>>): Recorder {
  const made = new EventEmitter() as EventEmitter & Record<string, unknown>
  for (const [name, answer] of Object.entries(answers)) {
    made[name] = (...args: unknown[]): unknown => {
      calls.push([name, ...args])
      return typeof answer === 'function' ? (answer as (...of: unknown[]) => unknown)(...args) : answer
    }
  }
  return made as Recorder
}
