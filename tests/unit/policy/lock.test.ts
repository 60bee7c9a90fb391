import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideIdle, lockPatienceMs, openLock, stepLock } from '../../../electron/main/policy/lock.ts'
import type { LockInput, LockState } from '../../../electron/main/policy/lock.ts'

const reasons = ['suspend', 'screen', 'idle'] as const
const asked = (until: number): LockState => ({ phase: 'asked', until })

describe('a desk', () => {
  it.each(reasons)('asks its page first: %s', (reason) => {
    expect(stepLock(openLock, { kind: 'lock', reason }, 1000)).toEqual({ state: asked(1000 + lockPatienceMs), act: { act: 'ask', reason } })
  })

  it('asks once, however often it is told to lock meanwhile', () => {
    for (const reason of reasons) expect(stepLock(asked(5000), { kind: 'lock', reason }, 4999)).toEqual({ state: asked(5000), act: { act: 'none' } })
  })

  it('waits for the page, and not longer than it should', () => {
    expect(stepLock(asked(5000), { kind: 'time' }, 4999).act).toEqual({ act: 'none' })
    expect(stepLock(asked(5000), { kind: 'time' }, 5000)).toEqual({ state: { phase: 'ending' }, act: { act: 'end' } })
  })

  it('ends at once when the computer slept over the wait', () => expect(stepLock(asked(5000), { kind: 'woke' }, 2001).act).toEqual({ act: 'end' }))
  it('locks on waking where nobody told that the computer would sleep', () => expect(stepLock(openLock, { kind: 'woke' }, 0).act).toEqual({ act: 'ask', reason: 'suspend' }))
  it('is open again for the next person once this one has left', () => {
    for (const state of [openLock, asked(1), { phase: 'ending' } as const]) expect(stepLock(state, { kind: 'left' }, 9)).toEqual({ state: openLock, act: { act: 'none' } })
  })

  it('ends a session once at most, and only after asking', () => {
    const input = fc.oneof(fc.constantFrom<LockInput>({ kind: 'woke' }, { kind: 'time' }), fc.constantFrom(...reasons).map((reason): LockInput => ({ kind: 'lock', reason })))
    fc.assert(
      fc.property(fc.array(fc.tuple(input, fc.nat(4000))), (told) => {
        let state: LockState = openLock
        let now = 0
        const acts = told.map(([one, later]) => {
          now += later
          const next = stepLock(state, one, now)
          state = next.state
          return next.act.act
        })
        const seen = acts.filter((act) => act !== 'none')
        return ['', 'ask', 'ask,end'].includes(seen.join(','))
      }),
    )
  })
})

describe('an untouched computer', () => {
  it.each([['idle', 'idle'], ['locked', 'screen'], ['active', null], ['unknown', null]] as const)('that says %s locks the desk: %s', (said, reason) => expect(decideIdle(said)).toBe(reason))
})
