import { watch } from 'vue'
import App from './App.vue'
import { createCoreClient } from './core-client.ts'
import { createDeskApp } from './desk-app.ts'
import { tellProblems } from './features/desktop/shell-problems.ts'
import { routes } from './features/routes.ts'
import { shareEvents } from './features/session/shared-events.ts'
import { warmUp } from './features/warm-up.ts'
import { connectHost } from './host.ts'
import type { Ports } from './ports.ts'
import { SYSTEM_PREFERENCES } from './ui/preferences.ts'

async function start(): Promise<void> {
  const host = connectHost()
  const { call, onEvent } = shareEvents(host)
  const core = createCoreClient(call)
  const ports: Ports = { core, shell: tellProblems(host.shell), onEvent, link: host.link }
  const status = await core.session.status({})
  const { app, router, preferences, words } = await createDeskApp({
    root: App,
    preferences: status.ok ? status.value.preferences : SYSTEM_PREFERENCES,
    routes,
    ports,
    failed: reportError,
  })
  watch(words.language, (language) => void host.shell.speak(language), { immediate: true })
  preferences.onChosen((chosen) => void core.session.setPreferences(chosen))
  await router.push('/')
  app.mount('#app')
  warmUp()
}

void start()
