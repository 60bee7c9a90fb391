import { describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { followPageTurns } from '../../../renderer/src/page-turns.ts'

const page = { render: () => null }

/** Behind the one that follows, guards as Vuetify's overlays have them: each lets a timer pass. */
async function open() {
  const slow = Promise.withResolvers<typeof page>()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: page },
      { path: '/tickets', component: () => slow.promise },
      { path: '/forbidden', component: page, beforeEnter: () => '/' },
      { path: '/broken', component: () => Promise.reject(new Error('the part did not load')) },
    ],
  })
  const turns = followPageTurns(router)
  router.beforeEach(() => new Promise((resolve) => setTimeout(resolve)))
  await router.push('/')
  return { router, turns, come: () => slow.resolve(page) }
}
const soon = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('a page that is asked for', () => {
  it('is known before any timer has passed, and until it is there', async () => {
    const { router, turns, come } = await open()
    expect(turns.underWay()).toBe(false)
    const before = turns.count()
    const going = router.push('/tickets')
    await soon()
    expect(turns.count()).toBe(before + 1)
    expect(turns.underWay()).toBe(true)
    come()
    await going
    expect(turns.underWay()).toBe(false)
  })

  it('is still on its way when an earlier one is called off', async () => {
    const { router, turns, come } = await open()
    const first = router.push('/tickets')
    await soon()
    const second = router.push('/forbidden')
    await soon()
    expect(turns.underWay()).toBe(true)
    come()
    await Promise.all([first, second])
    expect(turns.underWay()).toBe(false)
  })

  it('is not waited for when it led elsewhere or did not load', async () => {
    const { router, turns } = await open()
    await router.push('/forbidden')
    expect(turns.underWay()).toBe(false)
    await router.push('/broken').catch(() => undefined)
    expect(turns.underWay()).toBe(false)
  })
})
