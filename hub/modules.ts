import { auditModule } from './identity/audit-module.ts'
import { blobsModule } from './blobs/blob-routes.ts'
import { conflictsModule } from './conflicts/conflicts-module.ts'
import { identityModule } from './identity/identity-module.ts'
import { jobsModule } from './jobs/jobs-module.ts'
import { leasesModule } from './leases/leases-module.ts'
import { lookupModule } from './lookup/lookup-module.ts'
import { syncModule } from './sync/sync-module.ts'
import { updatesModule } from './updates/updates-module.ts'
import type { HubModule } from './server/parts.ts'

/** Every part of the hub that has routes or runs beside them; one line each. The audit comes after the feed: it signs with which entry a new history begins. */
export const hubModules: readonly HubModule[] = [identityModule, syncModule, conflictsModule, jobsModule, blobsModule, lookupModule, leasesModule, updatesModule, auditModule]
