import { onScopeDispose } from 'vue'
import type { Router } from 'vue-router'
import { useWorkspace } from '../desk/workspace-store.ts'

/** Answers a way back to the page from which the lookup was called; a tab closed since is passed over. */
export function useReturn(router: Router): () => Promise<void> {
  const workspace = useWorkspace()
  let from: { readonly path: string; readonly tabId: string | null } | null = null

  onScopeDispose(
    router.afterEach((to, before) => {
      if (to.name !== 'lookup' || before.name === 'lookup') return
      const tabId = typeof before.params['tabId'] === 'string' ? before.params['tabId'] : null
      from = tabId !== null || before.meta['area'] === true ? { path: before.fullPath, tabId } : null
    }),
  )
  return async () => {
    if (from !== null && (from.tabId === null || workspace.tab(from.tabId) !== undefined)) await router.push(from.path)
  }
}
