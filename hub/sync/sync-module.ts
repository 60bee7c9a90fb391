import { WrongEnvelopeKeyError, openEnvelopeKey } from '../envelopes/envelope-key.ts'
import type { EnvelopeKey } from '../envelopes/envelope-key.ts'
import { envelopeRoutes } from '../envelopes/envelope-routes.ts'
import { describeError } from '../server/error-answers.ts'
import { HubError } from '../server/errors.ts'
import type { HubModule } from '../server/parts.ts'
import { changesRoute } from './changes.ts'
import { checksumsRoute } from './checksums.ts'
import { epochRoute, purgedRoute } from './epoch.ts'
import { eventsRoute } from './events.ts'
import { checkFeedIdentity, rememberPosition } from './feed-identity.ts'
import { createHints } from './hints.ts'
import { createPushQueue } from './push-queue.ts'
import { createPushThread } from './push-thread.ts'
import { passwordRevisionsRoute } from './password-revisions.ts'
import { pushRoute } from './push.ts'
import { pruneFeed } from './retention.ts'
import { snapshotRoutes } from './snapshot.ts'

const rememberEveryMs = 5_000
const pruneEveryMs = 60 * 60_000

/** What desks send and take: operations, the feed, snapshots, sums. */
export const syncModule: HubModule = (hub) => {
  const hints = createHints(hub)
  const thread = hub.config.threads ? createPushThread(hub) : null
  const queue = thread ?? createPushQueue(hub)
  let envelopeKey: EnvelopeKey | null = null
  let timers: NodeJS.Timeout[] = []

  function requireEnvelopeKey(): EnvelopeKey {
    if (!envelopeKey) throw new HubError(503, 'busy', undefined, 30)
    return envelopeKey
  }

  function every(ms: number, name: string, work: () => Promise<unknown>): void {
    const timer = setInterval(() => {
      work().catch((error: unknown) => hub.log.warn({ err: describeError(error) }, name))
    }, ms)
    timer.unref()
    timers.push(timer)
  }
  return {
    name: 'sync',
    routes: [pushRoute(hub, queue), ...envelopeRoutes(hub, queue, requireEnvelopeKey), changesRoute(hub), eventsRoute(hub, hints), ...snapshotRoutes(hub), checksumsRoute(hub), epochRoute(hub), purgedRoute(hub), passwordRevisionsRoute(hub)],
    start: async () => {
      const found = await checkFeedIdentity(hub, hub.config.dataDir)
      if (found === 'new_feed') hub.log.error('the database has gone back to an earlier moment: the feed begins anew, and desks offer again what they have')
      if (found === 'other_database') hub.log.warn('another database than the last time')
      thread?.start()
      try {
        envelopeKey = await openEnvelopeKey(hub.pool, hub.config.dataDir)
      } catch (error) {
        if (!(error instanceof WrongEnvelopeKeyError)) throw error
        // Everything else works: envelopes wait until somebody has brought the key.
        hub.log.error({ name: error.name }, error.message)
      }
      await hints.start()
      every(rememberEveryMs, 'the position of the feed was not written down', () => rememberPosition(hub, hub.config.dataDir))
      every(pruneEveryMs, 'the feed was not pruned', () => pruneFeed(hub))
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      timers = []
      await thread?.stop()
      await hints.stop()
      await rememberPosition(hub, hub.config.dataDir).catch(() => undefined)
    },
  }
}
