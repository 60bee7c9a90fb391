import { defineComponent } from 'vue'
import type { Component } from 'vue'
import type { RouteLocationNormalizedLoaded } from 'vue-router'

/**
 * Wraps each page that should live on in the background in a component with a name of its own, so that `KeepAlive`
 * can be told exactly which to keep: those of the tabs that are open.
 */
export type KeptSheets = {
  /** The wrapper for what stands at this place; the same one at every visit. */
  readonly wrapper: (route: RouteLocationNormalizedLoaded) => Component
  /** Names of all wrappers that may stay. */
  readonly keep: (openTabs: readonly string[]) => string[]
}

export function createKeptSheets(): KeptSheets {
  const wrappers = new Map<string, { readonly component: Component; readonly tabId: string | null }>()
  return {
    wrapper(route) {
      const { tabId } = route.params
      const name = typeof tabId === 'string' ? `${String(route.name)}:${tabId}` : String(route.name)
      const known = wrappers.get(name)
      if (known !== undefined) return known.component
      const component = defineComponent({ name, setup: (_, { slots }) => () => slots['default']?.() })
      wrappers.set(name, { component, tabId: typeof tabId === 'string' ? tabId : null })
      return component
    },
    keep(openTabs) {
      const names: string[] = []
      for (const [name, { tabId }] of wrappers) {
        if (tabId === null || openTabs.includes(tabId)) names.push(name)
        else wrappers.delete(name)
      }
      return names
    },
  }
}
