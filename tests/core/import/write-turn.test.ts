import { describe, expect, it } from 'vitest'
import { createDeskTurn, createLoadTurn, createTurnMemory } from '../../../electron/core/import/write-turn.ts'

describe('turns of the desk and of a load', () => {
  it('the desk waits for the end of the batch, and the load sees that it is wanted', async () => {
    const memory = createTurnMemory()
    const load = createLoadTurn(memory)
    const desk = createDeskTurn(memory)
    load.enter()
    const order: string[] = []
    const paused = desk.pause().then(() => order.push('desk writes'))
    expect(load.isWanted()).toBe(true)
    await new Promise((resolve) => setImmediate(resolve))
    order.push('batch ends')
    load.leave()
    await paused
    expect(order).toEqual(['batch ends', 'desk writes'])
    desk.resume()
    expect(load.isWanted()).toBe(false)
    load.enter()
    load.leave()
  })

  it('the desk writes at once when no batch is open', async () => {
    const desk = createDeskTurn(createTurnMemory())
    await desk.pause()
    desk.resume()
    await desk.pause()
    desk.resume()
  })

  it('a worker that dies in the middle of a batch does not keep the desk from writing', async () => {
    const memory = createTurnMemory()
    const desk = createDeskTurn(memory)
    createLoadTurn(memory).enter()
    const paused = desk.pause()
    desk.workerEnded()
    await paused
    desk.resume()
  })

  it('cancelling is seen by the load', () => {
    const memory = createTurnMemory()
    createDeskTurn(memory).cancel()
    expect(createLoadTurn(memory).isCancelled()).toBe(true)
  })
})
