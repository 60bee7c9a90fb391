/** Long waits of the application, which a test cuts short: two minutes until it looks for an update, four hours until it looks again. */
import { onCommand } from './link.ts'

const longMs = 60_000
const waiting = new Map<unknown, { readonly due: number; readonly run: () => void }>()
let passed = 0
const now = (): number => performance.now() + passed

globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
  apply: (real, _, [work, ms = 0, ...args]: [(...args: unknown[]) => void, number?, ...unknown[]]) => {
    if (ms < longMs) return real(work, ms, ...args)
    const run = (): void => {
      waiting.delete(timer)
      work(...args)
    }
    const timer = real(run, ms)
    waiting.set(timer, { due: now() + ms, run })
    return timer
  },
})
globalThis.clearTimeout = new Proxy(globalThis.clearTimeout, {
  apply: (real, _, [timer]: [NodeJS.Timeout]) => {
    waiting.delete(timer)
    real(timer)
  },
})

onCommand('pass-time', ({ minutes }) => {
  passed += minutes * 60_000
  for (const [timer, { due, run }] of [...waiting]) {
    if (due > now()) continue
    clearTimeout(timer as NodeJS.Timeout)
    run()
  }
  return null
})
