import { blobsModule } from './blobs/blob-routes.ts'
import { conflictsModule } from './conflicts/conflicts-module.ts'
import { identityModule } from './identity/identity-module.ts'
import { jobsModule } from './jobs/jobs-module.ts'
import { lookupModule } from './lookup/lookup-module.ts'
import { syncModule } from './sync/sync-module.ts'
import type { HubModule } from './server/parts.ts'

/** Every part of the hub that has routes or runs beside them; one line each. */
export const hubModules: readonly HubModule[] = [identityModule, syncModule, conflictsModule, jobsModule, blobsModule, lookupModule]
