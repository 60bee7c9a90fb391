/** When a desk locks itself, and how: ask the page to save and leave, and end its session if it has not in time. */
import type { LockReason } from '../../../shared/contract/events.ts'

/** A page saves in tens of milliseconds; a computer on its way to sleep gives a few seconds. */
export const lockPatienceMs = 3000

export type LockState = { readonly phase: 'open' } | { readonly phase: 'asked'; readonly until: number } | { readonly phase: 'ending' }

/** `left`: nobody is signed in any more. `woke`: the computer was asleep until now. `time`: some time has passed. */
export type LockInput = { readonly kind: 'lock'; readonly reason: LockReason } | { readonly kind: 'left' } | { readonly kind: 'woke' } | { readonly kind: 'time' }

/** `ask` the page, `end` the session over its head, or nothing. */
export type LockAct = { readonly act: 'ask'; readonly reason: LockReason } | { readonly act: 'end' } | { readonly act: 'none' }
export type LockStep = { readonly state: LockState; readonly act: LockAct }

export const openLock: LockState = { phase: 'open' }
const none: LockAct = { act: 'none' }

/**
 * The next state of one signed-in window.
 *
 * @param now milliseconds
 */
export function stepLock(state: LockState, input: LockInput, now: number): LockStep {
  if (input.kind === 'left') return { state: openLock, act: none }
  switch (state.phase) {
    case 'open':
      return fromOpen(input, now)
    case 'asked':
      // Timers stand still while the computer sleeps: whoever wakes it must not see the desk for the rest of them.
      return input.kind === 'woke' || now >= state.until ? { state: { phase: 'ending' }, act: { act: 'end' } } : { state, act: none }
    case 'ending':
      return { state, act: none }
  }
}

function fromOpen(input: Exclude<LockInput, { kind: 'left' }>, now: number): LockStep {
  if (input.kind === 'time') return { state: openLock, act: none }
  // Some systems tell only afterwards that they slept.
  const reason = input.kind === 'lock' ? input.reason : 'suspend'
  return { state: { phase: 'asked', until: now + lockPatienceMs }, act: { act: 'ask', reason } }
}

/** Why to lock, from what the system says of its own idleness after the person's own number of minutes; `null` to stay open. */
export function decideIdle(systemState: 'active' | 'idle' | 'locked' | 'unknown'): LockReason | null {
  switch (systemState) {
    case 'idle':
      return 'idle'
    case 'locked':
      return 'screen'
    case 'active':
    case 'unknown':
      return null
  }
}
