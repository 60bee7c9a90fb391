import { inject } from 'vue'
import type { App, InjectionKey } from 'vue'
import type { RouteLocationNormalized, Router } from 'vue-router'

/** What the router does not tell: whether a page has been asked for, from the moment it is asked for. */
export type PageTurns = {
  /** How many pages have been asked for so far. */
  readonly count: () => number
  /** Whether a page is on its way. */
  readonly underWay: () => boolean
}

const key: InjectionKey<PageTurns> = Symbol('page turns')

/**
 * Follows a router. To be called before anything is mounted: guards are asked one after the other, and those of Vuetify's overlays let
 * a timer pass each, so that whoever comes behind them hears of a page when it may be too late.
 */
export function followPageTurns(router: Router): PageTurns {
  let count = 0
  let coming: RouteLocationNormalized | null = null
  router.beforeEach((to) => {
    count += 1
    coming = to
  })
  // One that was called off ends after the other has begun; one that led to where one was has no beginning of its own.
  const ended = (to: RouteLocationNormalized): void => {
    if (coming === to || (coming !== null && coming === to.redirectedFrom)) coming = null
  }
  router.afterEach(ended)
  router.onError((_, to) => ended(to))
  return { count: () => count, underWay: () => coming !== null }
}

export function providePageTurns(app: App, turns: PageTurns): void {
  app.provide(key, turns)
}

export function usePageTurns(): PageTurns {
  const turns = inject(key)
  if (turns === undefined) throw new Error('nobody follows the pages')
  return turns
}
