/** The faults are over: lines stand, everybody is there, time passes. Whatever waits must arrive by itself, within a time that is short for people. */
import type { SimDesk } from './desk-side.ts'
import { passTime, reopen, rest } from './play.ts'
import type { World } from './world.ts'

const roundSeconds = 60
/** Longer than the longest wait of a desk that has failed often. */
const mostRounds = 12
const mostRequests = 80

export async function drain(world: World): Promise<void> {
  for (const desk of world.desks) {
    desk.disarm()
    if (!desk.isOpen) await reopen(world, desk)
    // Whoever worked here may have been put out of work; the administrator has not.
    if (!desk.isOpen) desk.person = 0
    if (!desk.isOpen) await reopen(world, desk)
    if (!desk.isOpen) world.findings.add('stuck', `desk ${desk.index} lets nobody in`)
    desk.line?.setState('up')
  }
  await settle(world)
  if (world.damaged) {
    // Once a day both sides add up what they hold; who had no line at that moment does it as soon as it is back.
    for (const seconds of [25 * 3_600, 600]) {
      passTime(world, seconds)
      await rest(world)
      await settle(world)
    }
  }
  // Whoever was let go meanwhile is signed out: what never went away must still be there.
  for (const desk of world.desks) if (!desk.isOpen) await reopen(world, desk)
}

async function settle(world: World): Promise<void> {
  let at: Place = { head: -1, feedId: '', revisions: {} }
  for (let round = 0; round < mostRounds; round += 1) {
    for (const desk of world.desks) if (!(await serve(world, desk))) return
    at = await placeOf(world)
    if (world.desks.every((desk) => whyNot(world, desk, at) === null)) return
    passTime(world, roundSeconds)
    await rest(world)
  }
  for (const desk of world.desks) {
    const why = whyNot(world, desk, at)
    if (why !== null) world.findings.add('stuck', `desk ${desk.index}: ${why}`)
  }
}

/** Every request goes through and is answered. Nobody presses a button. False for a desk that asks without end. */
async function serve(world: World, desk: SimDesk): Promise<boolean> {
  for (let requests = 0; requests < mostRequests && desk.line?.waiting() != null; requests += 1) {
    await desk.line.go('none')
    await desk.settled()
  }
  const endless = desk.line?.waiting() ?? null
  if (endless !== null) world.findings.add('stuck', `desk ${desk.index} asks without end: ${endless}`)
  await rest(world)
  return endless === null
}

/** Why a desk is not at rest and up to date; `null` when it is. One that was let go follows nobody. */
function whyNot({ template }: World, desk: SimDesk, { head, feedId, revisions }: Place): string | null {
  if (!desk.isOpen || isLetGo(desk)) return null
  const state = (key: string): unknown => {
    const text: unknown = desk.db.prepare('SELECT value FROM sync_state WHERE key = ?').pluck().get(key)
    return typeof text === 'string' ? JSON.parse(text) : null
  }
  const queued = Number(desk.db.prepare(`SELECT count(*) FROM outbox WHERE state NOT IN ('confirmed', 'refused')`).pluck().get())
  if (queued > 0) return `${queued} operations wait: ${JSON.stringify(desk.core?.desk.hub()?.standing())}`
  if (state('snapshotWanted') !== null || state('snapshot') !== null) return 'a snapshot is wanted'
  if (state('purge') !== null) return 'a receipt for a purge is owed'
  if (state('scopeRevision') !== revisions[template.deviceIds[desk.index] ?? '']) return 'it does not know its territories, or that it was let go'
  // The same number in another history is another place.
  if (state('feedId') !== feedId) return 'it follows a history that has ended'
  return state('cursor') === head ? null : `stands at ${String(state('cursor'))} of ${head}`
}

export function isLetGo(desk: SimDesk): boolean {
  return desk.isOpen && desk.db.prepare(`SELECT value FROM sync_state WHERE key = 'revoked'`).pluck().get() === 'true'
}

/** Where the hub stands, and how often each desk's territories have changed; -1 for one that was let go. */
type Place = { readonly head: number; readonly feedId: string; readonly revisions: Readonly<Record<string, number>> }
async function placeOf({ template }: World): Promise<Place> {
  const { rows } = await template.admin.query<{ pos: string; feedId: string; revisions: Record<string, number> }>(`SELECT pos, feed_id AS "feedId", (SELECT jsonb_object_agg(id, CASE WHEN state = 'active' THEN scope_revision ELSE -1 END) FROM device) AS revisions FROM feed_head`)
  return { head: Number(rows[0]?.pos), feedId: rows[0]?.feedId ?? '', revisions: rows[0]?.revisions ?? {} }
}
