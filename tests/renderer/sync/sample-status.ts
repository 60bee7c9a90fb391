import type { HubStatus } from '../../../shared/contract/hub.ts'

/** A desk without a hub. */
export const standalone: HubStatus = {
  state: 'none', trouble: null, address: null, hubName: null, officeName: null, deskName: 'TS-07', session: 'none', stuck: false, queued: 3, delivered: 0, refused: 0, oldestQueuedAt: null,
  lastContactAt: null, lastDeliveredAt: null, currentAsOf: null, position: 0, head: 0, snapshot: null, health: null, deferred: 0, files: { queued: 0, bytes: 0, failed: 0 }, territories: [],
}

/** A desk that follows its hub and has everything. */
export const following: HubStatus = {
  ...standalone,
  state: 'connected', address: 'https://hub.example.it', hubName: 'Hub di prova', officeName: 'Muggia', session: 'open', queued: 0,
  lastContactAt: '2026-11-20T09:42:00.000Z', lastDeliveredAt: '2026-11-20T09:41:00.000Z', currentAsOf: '2026-11-20T09:42:00.000Z', position: 88_196, head: 88_196, territories: ['*', 'Trieste'],
}
