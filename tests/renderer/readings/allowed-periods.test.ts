import { describe, expect, it } from 'vitest'
import { nextOpening, openPeriod, periodState } from '../../../renderer/src/features/readings/allowed-periods.ts'
import type { Period } from '../../../renderer/src/features/readings/allowed-periods.ts'
import { civilDay } from '../../../shared/domain/civil-day.ts'

const continuous: Period = { id: 'a', fromDay: civilDay(2026, 11, 15), fromTime: '08:00', toDay: civilDay(2026, 11, 25), toTime: '22:00', mode: 'continuous' }
const daily: Period = { ...continuous, id: 'b', mode: 'daily' }
const at = (day: number, time: string) => ({ day: civilDay(2026, 11, day), time })

describe('an allowed period', () => {
  it.each([
    [continuous, at(14, '12:00'), 'later'],
    [continuous, at(15, '07:59'), 'laterToday'],
    [continuous, at(15, '08:00'), 'now'],
    [continuous, at(20, '03:00'), 'now'],
    [continuous, at(25, '22:00'), 'now'],
    [continuous, at(25, '22:01'), 'over'],
    [daily, at(20, '03:00'), 'laterToday'],
    [daily, at(20, '23:00'), 'laterToday'],
    [daily, at(25, '23:00'), 'over'],
    [daily, at(26, '10:00'), 'over'],
  ] as const)('%o at %o is %s', (period, moment, state) => {
    expect(periodState(period, moment)).toBe(state)
  })

  it('says when the next one opens', () => {
    expect(nextOpening([continuous], at(14, '12:00'))).toEqual(at(15, '08:00'))
    expect(nextOpening([daily], at(20, '23:00'))).toEqual(at(21, '08:00'))
    expect(nextOpening([continuous, daily], at(26, '00:00'))).toBeNull()
  })

  it('says until when the longest open one lasts', () => {
    expect(openPeriod([daily, continuous], at(20, '10:00'))?.id).toBe('a')
    expect(openPeriod([daily], at(20, '23:30'))).toBeNull()
  })
})
