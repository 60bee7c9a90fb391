import { describe, expect, it } from 'vitest'
import { makeScript } from '../../histories/script.ts'
import type { Script, Step } from '../../histories/script.ts'
import { shrink } from '../../histories/shrink.ts'
import { seededRandom } from '../../support/hub-random.ts'

describe('the script of a history', () => {
  it('is the same for the same seed, also after a way through a file', () => {
    for (const seed of [1, 2, 77]) {
      const script = makeScript(seed, seededRandom(seed))
      expect(makeScript(seed, seededRandom(seed))).toEqual(script)
      expect(JSON.parse(JSON.stringify(script))).toEqual(script)
    }
    expect(makeScript(1, seededRandom(1)).steps).not.toEqual(makeScript(2, seededRandom(2)).steps)
  })

  it('knows every step that there is, and more often what a mutant needs', () => {
    const counts = new Map<Step['do'], number>()
    for (let seed = 1; seed <= 400; seed += 1) for (const step of makeScript(seed, seededRandom(seed)).steps) counts.set(step.do, (counts.get(step.do) ?? 0) + 1)
    expect(counts.size).toBe(39)
    const focused = Array.from({ length: 50 }, (_, seed) => makeScript(seed, seededRandom(seed), ['erase'])).flatMap(({ steps }) => steps)
    expect(focused.filter((step) => step.do === 'erase').length).toBeGreaterThan(focused.length / 3)
  })
})

describe('a script that fails', () => {
  const script: Script = { seed: 1, desks: 3, steps: Array.from({ length: 40 }, (_, seconds): Step => ({ do: 'wait', seconds })) }
  const waits = ({ steps }: Script) => steps.map((step) => (step.do === 'wait' ? step.seconds : -1))
  const outcome = (lost: boolean, other = false) => ({ steps: 0, faults: 0, trace: '', found: [...(lost ? [{ kind: 'lostH' as const, what: '' }] : []), ...(other ? [{ kind: 'leaked' as const, what: '' }] : [])] })

  it('is shortened to the steps that matter, in their order', async () => {
    const short = await shrink(script, 'lostH', (tried) => Promise.resolve(outcome([7, 8, 31].every((each) => waits(tried).includes(each)))))
    expect(waits(short)).toEqual([7, 8, 31])
  })

  it('goes on failing in the same way', async () => {
    const short = await shrink(script, 'lostH', (tried) => Promise.resolve(outcome(waits(tried).includes(12), true)))
    expect(waits(short)).toEqual([12])
  })
})
