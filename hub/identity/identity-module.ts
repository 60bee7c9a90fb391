import type { HubModule } from '../server/parts.ts'

/** Desks, staff, offices and territories: who there is and who may do what. */
export const identityModule: HubModule = () => ({ name: 'identity', routes: [] })
