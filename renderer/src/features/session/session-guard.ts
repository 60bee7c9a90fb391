import type { NavigationGuardReturn } from 'vue-router'
import { useSession } from './session-store.ts'

async function knownState(): Promise<'setup' | 'signed_out' | 'signed_in' | 'recovery'> {
  const session = useSession()
  if (session.state === null) await session.refresh()
  // A desk that does not open says why before it asks for anything.
  return session.state !== 'signed_in' && session.status?.recovery !== undefined ? 'recovery' : (session.state ?? 'signed_out')
}

/** Lets only those in who are signed in; others go where they can become so. */
export async function requireSignedIn(): Promise<NavigationGuardReturn> {
  switch (await knownState()) {
    case 'signed_in':
      return true
    case 'signed_out':
      return { name: 'sign-in' }
    case 'setup':
      return { name: 'set-up' }
    case 'recovery':
      return { name: 'recovery' }
  }
}

const pages = { signed_in: 'lookup', setup: 'set-up', signed_out: 'sign-in', recovery: 'recovery' } as const

/** Sign-in, set-up and recovery are each shown only while they are the next step. */
export async function startPage(to: { readonly name?: string | symbol | null | undefined }): Promise<NavigationGuardReturn> {
  const state = await knownState()
  const next = pages[state]
  return to.name === next ? true : { name: next }
}

/** Keeps pages of the administration from being shown to others; the core refuses their calls anyway. */
export async function requireAdministrator(): Promise<NavigationGuardReturn> {
  await knownState()
  return useSession().isAdministrator ? true : { name: 'lookup' }
}
