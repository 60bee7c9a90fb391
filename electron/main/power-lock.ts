/** Locks the desk with the computer: before it sleeps, with its screen, and when nobody has touched it for a while. */
import type { PowerMonitor } from 'electron'
import type { LockReason } from '../../shared/contract/events.ts'
import type { Core } from '../core/core.ts'
import type { Log } from '../core/ports.ts'
import type { DeskWindow, DeskWindows } from './desk-windows.ts'
import { tellWindow } from './ipc.ts'
import { decideIdle, lockPatienceMs, openLock, stepLock } from './policy/lock.ts'
import type { LockInput, LockState } from './policy/lock.ts'

/** How often the system is asked; no more than so much later than chosen does the desk lock. */
const pollMs = 15_000

/** The part of Electron's `powerMonitor` that is used; `lock-screen` comes on macOS and Windows only. */
export type Power = Pick<PowerMonitor, 'on' | 'getSystemIdleState'>

/** Watches from now until the application ends. */
export function lockWithPower(parts: { readonly power: Power; readonly windows: DeskWindows; readonly core: Core; readonly log: Log }): void {
  const { power, windows, core, log } = parts
  const states = new Map<string, LockState>()
  let toldUnknown = false

  function step(desk: DeskWindow, input: LockInput): void {
    const { state, act } = stepLock(states.get(desk.clientId) ?? openLock, input, Date.now())
    if (state.phase === 'open') states.delete(desk.clientId)
    else states.set(desk.clientId, state)
    switch (act.act) {
      case 'ask':
        log('info', 'locking', { reason: act.reason })
        tellWindow(desk.window, { kind: 'locking', reason: act.reason })
        setTimeout(() => step(desk, { kind: 'time' }), lockPatienceMs)
        break
      case 'end':
        endOverItsHead(desk)
        break
      case 'none':
        break
    }
  }

  /** The page did not leave in time. It may hang with a customer on the screen, so it goes altogether and comes back empty. */
  function endOverItsHead({ window, clientId }: DeskWindow): void {
    log('error', 'lock_forced')
    core.desk
      .end(clientId)
      .catch((error: unknown) => log('error', 'lock_failed', { name: error instanceof Error ? error.name : 'unknown' }))
      .finally(() => states.delete(clientId))
    if (window.isDestroyed()) return
    window.webContents.forcefullyCrashRenderer()
    window.webContents.reload()
  }

  const signedIn = (): readonly DeskWindow[] => windows.all().filter(({ clientId }) => core.desk.session(clientId) !== null)
  const all = (input: LockInput): void => {
    for (const desk of signedIn()) step(desk, input)
  }
  const lock = (reason: LockReason) => (): void => all({ kind: 'lock', reason })

  function poll(): void {
    for (const desk of signedIn()) {
      const { lockMinutes } = core.desk.status(desk.clientId).preferences
      const idle = power.getSystemIdleState(lockMinutes * 60)
      if (idle === 'unknown' && !toldUnknown) {
        toldUnknown = true
        log('error', 'idle_unknown')
      }
      const reason = decideIdle(idle)
      if (reason !== null) step(desk, { kind: 'lock', reason })
    }
  }

  power.on('suspend', lock('suspend'))
  power.on('lock-screen', lock('screen'))
  power.on('resume', () => all({ kind: 'woke' }))
  setInterval(poll, pollMs).unref()
  core.subscribe((event) => {
    if (event.kind !== 'signed_out') return
    for (const desk of windows.all()) if (desk.clientId === event.clientId) step(desk, { kind: 'left' })
  })
}
