import { expect, it } from 'vitest'
import { createComparison } from '../../../electron/core/sync/comparison.ts'
import type { HealthOutcome } from '../../../electron/core/sync/health.ts'
import type { HubFailure } from '../../../electron/core/sync/ports.ts'

function played() {
  let daily: () => void = () => undefined
  const line: { failure: HubFailure | null; outcomes: HealthOutcome[]; checked: boolean[] } = { failure: null, outcomes: [], checked: [] }
  const comparison = createComparison({
    exchange: () => Promise.resolve(line.failure),
    check: (afterRepair) => {
      line.checked.push(afterRepair)
      return Promise.resolve(line.outcomes.shift() ?? null)
    },
    onChecked: () => undefined, isStopped: () => false, log: () => undefined,
    timer: {
      after: (_milliseconds, work) => {
        daily = work
        return () => undefined
      },
      random: () => 0.5,
    },
  })
  return { line, comparison, day: () => daily() }
}

it('is made once a day, and after the next exchange where the line was down then', async () => {
  const { line, comparison, day } = played()
  day()
  await comparison.ended()
  expect(line.checked).toEqual([false])
  comparison.connected()
  await comparison.ended()
  expect(line.checked).toEqual([false])
  line.failure = { kind: 'unreachable' }
  day()
  await comparison.ended()
  comparison.connected()
  await comparison.ended()
  expect(line.checked).toEqual([false])
  line.failure = null
  comparison.connected()
  await comparison.ended()
  expect(line.checked).toEqual([false, false])
  comparison.connected()
  await comparison.ended()
  expect(line.checked).toHaveLength(2)
})

it('is made once more after what differed was fetched, and again at a quieter moment', async () => {
  const { line, comparison } = played()
  line.outcomes = ['moved', 'differs', null]
  expect(await comparison.now()).toBe(null)
  expect(line.checked).toEqual([false, false, true])
})
