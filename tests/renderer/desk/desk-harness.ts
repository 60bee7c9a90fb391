import { createPinia, setActivePinia } from 'pinia'
import type { Pinia } from 'pinia'
import { createApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Router, RouteRecordRaw } from 'vue-router'
import { alwaysUp } from '../../../renderer/src/host-link.ts'
import { noDesktop } from '../../../renderer/src/host-shell.ts'
import { providePorts } from '../../../renderer/src/ports.ts'
import type { CoreEvent } from '../../../shared/contract/events.ts'
import { messages } from '../../../shared/locales/index.ts'
import type { Language, MessageKey } from '../../../shared/locales/index.ts'
import { createFormat } from '../../../renderer/src/ui/format.ts'
import type { Format } from '../../../renderer/src/ui/format.ts'
import type { Translate } from '../../../renderer/src/ui/i18n.ts'
import { fakeCore } from '../support/fake-core.ts'
import type { FakeAnswers, FakeCore } from '../support/fake-core.ts'

const page = { render: () => null }
const area = { area: true } as const
const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'start', component: page },
  { path: '/sign-in', name: 'sign-in', component: page },
  { path: '/lookup', name: 'lookup', meta: area, component: page },
  { path: '/tickets', name: 'tickets', meta: area, component: page },
  { path: '/outbox', name: 'outbox', meta: area, component: page },
  { path: '/tab/:tabId/new-ticket', name: 'new-ticket', component: page },
  { path: '/tab/:tabId/new-reading', name: 'new-reading', component: page },
  { path: '/tab/:tabId/:page?', name: 'tab', component: page },
]

export type Harness = FakeCore & { readonly pinia: Pinia; readonly router: Router; readonly tell: (event: CoreEvent) => void }

/** Stores as the desk has them, over a core that answers what the test says; no page is drawn. */
export function openDesk(answers: FakeAnswers): Harness {
  const fake = fakeCore(answers)
  const listeners = new Set<(event: CoreEvent) => void>()
  const app = createApp(page)
  const pinia = createPinia()
  const router = createRouter({ history: createMemoryHistory(), routes })
  app.use(pinia).use(router)
  providePorts(app, {
    core: fake.core,
    shell: noDesktop,
    link: alwaysUp,
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  setActivePinia(pinia)
  return {
    ...fake,
    pinia,
    router,
    tell: (event) => {
      for (const listener of listeners) listener(event)
    },
  }
}

/** Lets everything that is already decided happen. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve))
}

export type Speech = { readonly t: Translate; readonly format: Format }

/** The desk's words without its machinery: the message itself, with its form for `n` and its placeholders filled. */
export function speech(language: Language): Speech {
  const t: Translate = (key, params = {}) => {
    const forms = messageOf(language, key).split('|').map((form) => form.trim())
    const n = params['n']
    const form = (typeof n === 'number' && forms.length > 1 ? forms[Math.min(n, forms.length - 1)] : forms[0]) ?? ''
    return form.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]))
  }
  return { t, format: createFormat(language) }
}

export function messageOf(language: Language, key: MessageKey): string {
  let found: unknown = messages[language]
  for (const part of key.split('.')) found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined
  if (typeof found !== 'string') throw new Error(`no message ${key}`)
  return found
}
