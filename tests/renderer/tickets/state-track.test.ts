import { describe, expect, it } from 'vitest'
import { stateTrack } from '../../../renderer/src/features/tickets/state-track.ts'

const said = (stops: ReturnType<typeof stateTrack>): string => stops.map(({ state, mark }) => `${state}:${mark}`).join(' ')

describe('the way of a ticket', () => {
  it('leaves out of the passed ones a state it never was in', () => {
    const events = [{ kind: 'opened', toState: 'new' }, { kind: 'taken', toState: 'in_charge' }, { kind: 'answered', toState: 'answered' }] as const
    expect(said(stateTrack('answered', events))).toBe('new:passed in_charge:passed waiting:ahead answered:current closed:ahead')
  })

  it('starts again in charge after a reopening', () => {
    const events = [{ kind: 'opened', toState: 'new' }, { kind: 'taken', toState: 'in_charge' }, { kind: 'answered', toState: 'answered' }, { kind: 'closed', toState: 'closed' }, { kind: 'reopened', toState: 'in_charge' }] as const
    expect(said(stateTrack('in_charge', events))).toBe('new:passed in_charge:current waiting:ahead answered:ahead closed:ahead')
  })

  it('ends where it was cancelled', () => {
    const events = [{ kind: 'opened', toState: 'new' }, { kind: 'cancelled', toState: 'cancelled' }] as const
    expect(said(stateTrack('cancelled', events))).toBe('new:passed cancelled:current')
  })
})
