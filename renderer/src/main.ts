import type { CoreEvent } from '../../shared/contract/events.ts'
import App from './App.vue'
import { createCoreClient } from './core-client.ts'
import { createDeskApp } from './desk-app.ts'
import { routes } from './features/routes.ts'
import { connectHost } from './host.ts'
import type { Ports } from './ports.ts'
import { SYSTEM_PREFERENCES } from './ui/preferences.ts'

async function start(): Promise<void> {
  const host = connectHost()
  const core = createCoreClient(host.call)
  const ports: Ports = { core, shell: host.shell, onEvent: (listener) => host.onEvent((event) => listener(JSON.parse(event) as CoreEvent)) }
  const status = await core.session.status({})
  const { app, router, preferences } = await createDeskApp({
    root: App,
    preferences: status.ok ? status.value.preferences : SYSTEM_PREFERENCES,
    routes,
    ports,
    failed: reportError,
  })
  preferences.onChosen((chosen) => void core.session.setPreferences(chosen))
  await router.push('/')
  app.mount('#app')
}

void start()
