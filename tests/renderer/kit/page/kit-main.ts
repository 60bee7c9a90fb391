import App from '../../../../renderer/src/App.vue'
import { createDeskApp } from '../../../../renderer/src/desk-app.ts'
import type { ThemeName } from '../../../../renderer/src/ui/theme/vuetify.ts'
import type { Language } from '../../../../shared/locales/index.ts'
import KitPage from './KitPage.vue'

const query = new URLSearchParams(location.search)
const theme = query.get('theme') as ThemeName | null
const language = (query.get('language') ?? 'it') as Language

const { app, router, preferences } = await createDeskApp({
  root: App,
  preferences: { theme, language, singleKeys: true, lockMinutes: 10 },
  routes: [{ path: '/', component: KitPage }],
  failed: reportError,
})
await router.push('/')
app.mount('#app')

/** What the tests may ask of the page. */
export type Kit = { readonly choose: typeof preferences.choose }
Object.assign(window, { kit: { choose: preferences.choose } satisfies Kit })
