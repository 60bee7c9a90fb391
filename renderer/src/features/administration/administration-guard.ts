import type { NavigationGuardReturn } from 'vue-router'
import { requireAdministrator } from '../session/session-guard.ts'
import { useSession } from '../session/session-store.ts'
import { useHub } from '../sync/hub-store.ts'

/** Administrators always; supervisors where there is a hub that lets them read. The core and the hub decide again at each call. */
export async function mayEnterAdministration(): Promise<NavigationGuardReturn> {
  const administrators = await requireAdministrator()
  if (administrators === true || useSession().person?.role !== 'supervisor') return administrators
  const hub = useHub()
  if (hub.status === null) await hub.refresh()
  return hub.joined ? true : administrators
}
