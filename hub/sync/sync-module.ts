import type { HubModule } from '../server/parts.ts'
import { pushRoute } from './push.ts'

/** What desks send and take: operations, the feed, snapshots. */
export const syncModule: HubModule = (hub) => ({ name: 'sync', routes: [pushRoute(hub)] })
