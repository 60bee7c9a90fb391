import { defineComponent } from 'vue'
import type { Component } from 'vue'
import type { RouteLocationNormalizedLoaded } from 'vue-router'

type Wrapper = { readonly component: Component; readonly tabId: string | null; readonly kept: boolean }

/**
 * Wraps each page in a component with a name of its own, so that `KeepAlive` can be told exactly which to keep in the
 * background: those of the tabs that are open, and desk pages whose route says `kept`.
 */
export type KeptSheets = {
  /** The wrapper for what stands at this place; the same one at every visit. */
  readonly wrapper: (route: RouteLocationNormalizedLoaded) => Component
  /** Names of all wrappers that may stay while this route is in view. */
  readonly keep: (openTabs: readonly string[], route: RouteLocationNormalizedLoaded) => string[]
}

export function createKeptSheets(): KeptSheets {
  const wrappers = new Map<string, Wrapper>()

  function wrapper(route: RouteLocationNormalizedLoaded): Component {
    const tabId = typeof route.params['tabId'] === 'string' ? route.params['tabId'] : null
    const name = tabId === null ? String(route.name) : `${String(route.name)}:${tabId}`
    const known = wrappers.get(name)
    if (known !== undefined) return known.component
    const component = defineComponent({ name, setup: (_, { slots }) => () => slots['default']?.() })
    wrappers.set(name, { component, tabId, kept: tabId !== null || route.meta['kept'] === true })
    return component
  }

  return {
    wrapper,
    keep(openTabs, route) {
      wrapper(route)
      const names: string[] = []
      for (const [name, { tabId, kept }] of wrappers) {
        if (tabId !== null && !openTabs.includes(tabId)) wrappers.delete(name)
        else if (kept) names.push(name)
      }
      return names
    },
  }
}
