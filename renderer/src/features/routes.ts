import type { RouteRecordRaw } from 'vue-router'
import { mayEnterAdministration } from './administration/administration-guard.ts'
import { requireSignedIn, startPage } from './session/session-guard.ts'

/** Marks a page of the desk itself: the rail shows it and it returns after a restart. */
const area = { area: true } as const
/** Such a page that also stays alive in the background, with its scroll and choice. */
const keptArea = { area: true, kept: true } as const

/**
 * The pages of the desk. Paths carry opaque tab ids only. Pages of a tab stay alive in the background: they take their
 * `tabId` and `page` from props, never from `useRoute()`, which already tells of the tab in view.
 */
export const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'start', redirect: { name: 'lookup' } },
  { path: '/sign-in', name: 'sign-in', beforeEnter: startPage, component: () => import('./session/SignInPage.vue') },
  { path: '/recovery', name: 'recovery', beforeEnter: startPage, component: () => import('./recovery/RecoveryPage.vue') },
  { path: '/set-up', name: 'set-up', beforeEnter: startPage, component: () => import('./session/SetUpPage.vue') },
  {
    path: '/',
    beforeEnter: requireSignedIn,
    component: () => import('./desk/DeskPage.vue'),
    children: [
      { path: 'lookup', name: 'lookup', meta: keptArea, component: () => import('./lookup/LookupPage.vue') },
      { path: 'tickets', name: 'tickets', meta: keptArea, component: () => import('./tickets/TicketQueue.vue') },
      { path: 'outbox', name: 'outbox', meta: area, component: () => import('./sync/SyncPage.vue') },
      { path: 'administration', name: 'administration', meta: area, beforeEnter: mayEnterAdministration, component: () => import('./administration/AdministrationPage.vue') },
      // Where an earlier version left somebody who was looking at the people.
      { path: 'people', name: 'people', redirect: { name: 'administration' } },
      { path: 'settings', name: 'settings', meta: area, component: () => import('./settings/SettingsPage.vue') },
      { path: 'tab/:tabId/new-ticket', name: 'new-ticket', props: true, component: () => import('./tickets/NewTicketPage.vue') },
      { path: 'tab/:tabId/new-reading', name: 'new-reading', props: true, component: () => import('./readings/ReadingPage.vue') },
      { path: 'tab/:tabId/:page?', name: 'tab', props: true, component: () => import('./desk/TabSheet.vue') },
    ],
  },
]
