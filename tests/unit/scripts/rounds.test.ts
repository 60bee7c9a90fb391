import { describe, expect, it } from 'vitest'
import { runRounds } from '../../../scripts/test/rounds.ts'

/** Steps that end when they are told to, and what was begun and ended so far. */
function stage() {
  const said: string[] = []
  const open = new Map<string, PromiseWithResolvers<string>>()
  const run = async (step: string): Promise<string> => {
    said.push(`+${step}`)
    const ending = Promise.withResolvers<string>()
    open.set(step, ending)
    const result = await ending.promise
    said.push(`-${step}`)
    return result
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const end = async (step: string) => {
    open.get(step)?.resolve(`${step} done`)
    await settle()
  }
  const fail = async (step: string) => {
    open.get(step)?.reject(new Error(step))
    await settle()
  }
  return { said, run, end, fail, settle }
}
const rounds = [[['types', 'lint'], ['core', 'hub']], [['e2e']]]

describe('the steps of a test run', () => {
  it('of one round run side by side, lane by lane in order, and the next round waits for all of them', async () => {
    const { said, run, end, settle } = stage()
    const results = runRounds(rounds, true, run)
    await settle()
    expect(said).toEqual(['+types', '+core'])
    for (const step of ['core', 'hub', 'types']) await end(step)
    expect(said).toEqual(['+types', '+core', '-core', '+hub', '-hub', '-types', '+lint'])
    for (const step of ['lint', 'e2e']) await end(step)
    expect(await results).toEqual(['types', 'lint', 'core', 'hub', 'e2e'].map((step) => `${step} done`))
  })

  it('run one after the other where there is one processor', async () => {
    const { said, run, end, settle } = stage()
    const results = runRounds(rounds, false, run)
    await settle()
    for (const step of ['types', 'lint', 'core', 'hub', 'e2e']) await end(step)
    expect(said).toEqual(['types', 'lint', 'core', 'hub', 'e2e'].flatMap((step) => [`+${step}`, `-${step}`]))
    expect(await results).toHaveLength(5)
  })

  it('leave nothing running when one of them throws, and begin no further round', async () => {
    const { said, run, end, fail, settle } = stage()
    const results = runRounds(rounds, true, run)
    const refused = expect(results).rejects.toThrow('types')
    await settle()
    await fail('types')
    await end('core')
    await end('hub')
    await refused
    expect(said).toEqual(['+types', '+core', '-core', '+hub', '-hub'])
  })
})
