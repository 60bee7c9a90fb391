import type { HubModule } from '../server/parts.ts'
import { deviceRoutes } from './device-routes.ts'
import { enrolRoutes } from './enrol-routes.ts'
import { oversightRoutes } from './oversight-routes.ts'
import { createPasswords } from './passwords.ts'
import { peopleRoutes } from './people-routes.ts'
import { placesRoutes } from './places-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { territoryRoutes } from './territory-routes.ts'

/** Desks, staff, offices and territories: who there is and who may do what. */
export const identityModule: HubModule = (hub) => {
  const passwords = createPasswords(hub.config.passwordCost)
  return {
    name: 'identity',
    routes: [...enrolRoutes(hub), ...sessionRoutes(hub, passwords), ...peopleRoutes(hub, passwords), ...placesRoutes(hub), ...territoryRoutes(hub), ...deviceRoutes(hub), ...oversightRoutes(hub)],
  }
}
