/** The hub's place in a desk: the link beside the database, the follower while the store is open, and who comes in through the hub. */
import type { CoreEvent } from '../../../shared/contract/events.ts'
import { refuse, ok } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { PasswordRevisions, SessionAnswer } from '../../../shared/sync/identity.ts'
import type { Clock, Log } from '../ports.ts'
import type { LookupService } from '../search/lookup-service.ts'
import type { Store } from '../store/store.ts'
import { makeEnvelope } from './envelope/make-envelope.ts'
import type { Envelope } from './envelope/make-envelope.ts'
import { createFollower } from './follower.ts'
import type { Follower } from './follower.ts'
import { createHubLinks, HubLinkDamagedError } from './hub-link.ts'
import type { HubLink } from './hub-link.ts'
import { createHttpTransport, httpDoor } from './http-transport.ts'
import { joinHub } from './join.ts'
import type { JoinError } from './join.ts'
import { noCrash, systemTimer } from './ports.ts'
import type { CrashPoint, HubDoor, HubFailure, HubTransport, Timer } from './ports.ts'
import { letGo } from './let-go.ts'
import { writeInTurn } from '../store/transaction.ts'
import { clearState, readState } from './sync-store.ts'

/** What tests put in the place of the network and of time. */
export type HubPorts = {
  readonly transport: (link: HubLink, now: () => number) => HubTransport
  readonly door: HubDoor
  readonly timer: Timer
  readonly crash: CrashPoint
}
export const realHub: HubPorts = {
  transport: (link, now) => createHttpTransport(link.address, { deviceId: link.deviceId, privateKey: link.privateKey }, now),
  door: httpDoor,
  timer: systemTimer,
  crash: noCrash,
}
export type OpenedStore = { readonly store: Store; readonly key: Uint8Array; readonly lookup: LookupService }
export type DeskHub = {
  readonly current: () => Follower | null
  /** The store is open: following begins where this desk has joined. */
  readonly opened: (parts: OpenedStore) => void
  readonly closing: () => Promise<void>
  /** What waits here, as a file that another desk can bring to the hub. */
  readonly envelope: (deskName: string) => Result<Envelope, 'no_hub' | 'nothing_waits' | 'no_envelope_key'>
  /** The hub has let this desk go; known before anybody signs in. */
  readonly letGo: () => boolean
  /** What this desk is at its hub; `null` where it stands alone, or was let go. */
  readonly deviceId: () => string | null
  readonly join: (address: string, code: string, deskName: string) => Promise<Result<true, JoinError | 'already_joined'>>
  /** Somebody without a slot that opens here: the hub says who it is and gives out its half of the key. The caller zeroes the key. */
  readonly signIn: (username: string, password: string) => Promise<Result<{ key: Uint8Array; answer: SessionAnswer }, 'no_hub' | 'hub_unreachable' | 'wrong_credentials' | 'person_disabled' | 'too_many_attempts'>>
}
export type DeskHubParts = {
  readonly dataDir: string
  readonly deviceSecret: Uint8Array | null
  readonly appVersion: string
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: CoreEvent) => void
  readonly ports: HubPorts
  /** Roles, names and who may come in have changed. */
  readonly onPeople: () => void
  readonly onPasswords: (people: PasswordRevisions['people']) => Promise<void>
  /** Nobody stays signed in at a desk that was let go. */
  readonly onLetGo: () => void
}

const lastWordMs = 5_000

export function createDeskHub(parts: DeskHubParts): DeskHub {
  const { dataDir, clock, log, ports } = parts
  const links = createHubLinks(dataDir, parts.deviceSecret)
  const now = () => clock.now().getTime()
  let open: OpenedStore | null = null
  let follower: Follower | null = null
  /** What a hub let go is being taken off: joining another one waits for it. */
  let takingOff: Promise<unknown> = Promise.resolve()

  function readLink(): HubLink | null {
    try {
      return links.read()
    } catch (error) {
      if (!(error instanceof HubLinkDamagedError)) throw error
      log('error', 'hub_link_damaged', {})
      return null
    }
  }

  function follow(link: HubLink, { store, key, lookup }: OpenedStore): void {
    const { privateKey, ...about } = link
    follower = createFollower({
      store, key, dataDir, link: about, lookup, clock, log, transport: ports.transport({ ...about, privateKey }, now), timer: ports.timer, emit: parts.emit, crash: ports.crash,
      onPeople: parts.onPeople, onPasswords: parts.onPasswords,
      onRevoked: () => void revoked().catch((error: unknown) => log('error', 'purge_failed', { name: error instanceof Error ? error.name : 'unknown' })),
    })
    if (!link.revoked) follower.wake()
  }

  /** The hub does not want this desk any more: its data goes, what was never sent stays until somebody has been told. */
  async function revoked(): Promise<void> {
    if (!open) return
    links.markRevoked()
    await takeOff(open)
    parts.onLetGo()
  }

  /** The receipt is the last thing this desk may say there; nobody waits long for it, and it is owed until the hub has heard it. */
  function takeOff(parts: OpenedStore): Promise<void> {
    const work = takeOffNow(parts)
    takingOff = work.catch(() => undefined)
    return work
  }
  async function takeOffNow({ store, lookup }: OpenedStore): Promise<void> {
    const isOff = await letGo(store, lookup, dataDir)
    parts.emit({ kind: 'hub' })
    const owed = readState(store.rawWriter, 'purge')
    const told = isOff && owed ? follower?.transport.purged(owed) : undefined
    if (!told) return
    let cancel: () => void = () => undefined
    const answer = await Promise.race([told, new Promise<null>((resolve) => (cancel = ports.timer.after(lastWordMs, () => resolve(null))))])
    cancel()
    if (answer?.ok === true && store.rawWriter.open) await writeInTurn(store, (db) => clearState(db, 'purge'))
  }

  return {
    current: () => follower,
    opened: (store) => {
      open = store
      const link = readLink()
      if (!link) return
      // Joining was cut short between the link and the database: the code has to be used again.
      if (readState(store.store.rawWriter, 'deviceId') !== link.deviceId) links.remove()
      else {
        follow(link, store)
        // Cut short while it was taking everything off: it goes on.
        if (link.revoked) takeOff(store).catch((error: unknown) => log('error', 'purge_failed', { name: error instanceof Error ? error.name : 'unknown' }))
      }
    },
    closing: async () => {
      const leaving = follower
      follower = null
      open = null
      await leaving?.stop()
    },
    envelope: (deskName) => {
      const link = readLink()
      if (!open || !link || link.revoked) return refuse('no_hub')
      return makeEnvelope(open.store.rawReader, { deviceId: link.deviceId, privateKey: link.privateKey, deskName, at: clock.now().toISOString() })
    },
    letGo: () => readLink()?.revoked === true,
    deviceId: () => {
      const link = readLink()
      return link && !link.revoked ? link.deviceId : null
    },
    join: async (address, code, deskName) => {
      if (!open) throw new Error('a desk joins while its store is open')
      const at = open
      await takingOff
      const known = readLink()
      // A hub that no longer knows this desk was put back to a time before it: the desk joins again, and offers again what it has.
      if (known && !known.revoked && follower?.standing().state !== 'refused') return refuse('already_joined')
      // Whoever followed before must not hear an old refusal under the new name.
      await follower?.stop()
      const joined = await joinHub({ store: at.store, key: at.key, links, door: ports.door, dataDir, deskName, appVersion: parts.appVersion, now: () => clock.now().toISOString() }, address, code)
      if (!joined.ok) {
        if (known && open === at) follow(known, at)
        return joined
      }
      // Somebody has signed out meanwhile: it is followed from the next opening on.
      if (open !== at) return ok(true)
      follow({ ...joined.value, revoked: false }, at)
      parts.onPeople()
      return ok(true)
    },
    signIn: async (username, password) => {
      const link = readLink()
      if (!link || link.revoked) return refuse('no_hub')
      const transport = follower?.transport ?? ports.transport(link, now)
      const answer = await transport.openSession(username, password)
      if (!follower) transport.close()
      if (!answer.ok) return refuse(signInError(answer.failure))
      const key = answer.value.unlockKey === null ? null : links.unlock(Buffer.from(answer.value.unlockKey, 'base64url'))
      return key ? ok({ key, answer: answer.value }) : refuse('wrong_credentials')
    },
  }
}

export function signInError(failure: HubFailure): 'hub_unreachable' | 'wrong_credentials' | 'person_disabled' | 'too_many_attempts' {
  if (failure.kind !== 'refused') return 'hub_unreachable'
  return failure.code === 'person_disabled' || failure.code === 'too_many_attempts' || failure.code === 'wrong_credentials' ? failure.code : 'hub_unreachable'
}

