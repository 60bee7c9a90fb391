import { createPinia } from 'pinia'
import { createApp } from 'vue'
import type { App, Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Router, RouteRecordRaw } from 'vue-router'
import type { Preferences } from '../../shared/contract/session.ts'
import { followPageTurns, providePageTurns } from './page-turns.ts'
import { providePorts } from './ports.ts'
import type { Ports } from './ports.ts'
import { listenForKeys } from './ui/actions/keyboard.ts'
import { createActions } from './ui/actions/registry.ts'
import type { Actions } from './ui/actions/registry.ts'
import { createDialogs } from './ui/confirm.ts'
import type { Dialogs } from './ui/confirm.ts'
import { createWords, systemLanguage } from './ui/i18n.ts'
import type { Words } from './ui/i18n.ts'
import { createPreferences, systemTheme } from './ui/preferences.ts'
import type { DeskPreferences } from './ui/preferences.ts'
import { adoptThemeStyles } from './ui/theme/adopted-styles.ts'
import './ui/theme/styles.ts'
import { createDeskVuetify } from './ui/theme/vuetify.ts'

export type DeskApp = {
  readonly app: App
  readonly router: Router
  readonly words: Words
  readonly preferences: DeskPreferences
  readonly actions: Actions
  readonly dialogs: Dialogs
}

/**
 * Puts the renderer together; nothing is on the screen yet.
 *
 * @param options.ports where data comes from; left out by test pages that show parts only
 * @param options.failed told of every error nobody caught
 */
export async function createDeskApp(options: {
  readonly root: Component
  readonly preferences: Preferences
  readonly routes: readonly RouteRecordRaw[]
  readonly ports?: Ports
  readonly failed: (problem: unknown) => void
}): Promise<DeskApp> {
  const language = options.preferences.language ?? systemLanguage()
  const words = await createWords(language)
  const vuetify = createDeskVuetify(options.preferences.theme ?? systemTheme(), language)
  const preferences = createPreferences(options.preferences, words, vuetify)
  const actions = createActions({ singleKeys: () => preferences.current.value.singleKeys, failed: options.failed })
  const dialogs = createDialogs()
  // No address bar, no history of the browser: codes and names of customers must not end up there.
  const router = createRouter({ history: createMemoryHistory(), routes: options.routes })
  const turns = followPageTurns(router)

  const app = createApp(options.root)
  app.config.errorHandler = options.failed
  adoptThemeStyles(app)
  app.use(createPinia()).use(vuetify).use(words).use(preferences).use(actions).use(dialogs).use(router)
  providePageTurns(app, turns)
  if (options.ports !== undefined) providePorts(app, options.ports)
  app.onUnmount(listenForKeys(actions))
  return { app, router, words, preferences, actions, dialogs }
}
