/** A desk of a history: the product's own core on a folder of its own, which can be killed at any moment and opened again from what was on its disk. */
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createCore } from '../../electron/core/core.ts'
import type { Core } from '../../electron/core/core.ts'
import type { RawDatabase } from '../../electron/core/store/cipher.ts'
import { createHttpTransport } from '../../electron/core/sync/http-transport.ts'
import type { Area, Contract } from '../../shared/contract/index.ts'
import type { InputOf, ReplyOf } from '../../shared/contract/call.ts'
import { testHashCost, testPassword } from '../support/hash-cost.ts'
import type { Random } from '../support/hub-random.ts'
import { createLine } from './line.ts'
import type { Line, LineWatch } from './line.ts'
import type { CrashPlace } from './script.ts'
import { people } from './small-utility.ts'
import { copyFolder } from './template.ts'
import { createVirtualTimer } from './virtual-time.ts'
import type { VirtualTimer } from './virtual-time.ts'

export type DeskParts = {
  readonly index: number
  readonly folder: string
  readonly person: number
  readonly now: () => number
  readonly nextId: () => string
  readonly hubUrl: () => string
  readonly portalUrl: string
  readonly random: Random
  readonly watch: LineWatch
  readonly onWait: (milliseconds: number) => void
}
type Living = { readonly core: Core; readonly folder: string; readonly line: Line; readonly timer: VirtualTimer; db: RawDatabase | null }
export class CrashedError extends Error {}

export class SimDesk {
  readonly parts: DeskParts
  skew = 0
  person: number
  lives = 0
  private living: Living | null = null
  private armed: { at: CrashPlace; nth: number } | null = null
  /** What was on the disk when it crashed. */
  private wreck: string | null = null
  private saved: string | null = null

  constructor(parts: DeskParts) {
    this.parts = parts
    this.person = parts.person
  }

  get index(): number {
    return this.parts.index
  }
  get line(): Line | null {
    return this.living?.line ?? null
  }
  get isOpen(): boolean {
    return this.living?.db?.open === true && this.living.core.desk.session('desk') !== null
  }
  get core(): Core | null {
    return this.living?.core ?? null
  }
  get crashed(): boolean {
    return this.wreck !== null
  }
  /** The writing connection: what is committed, while no transaction is open. Throws while the desk is closed. */
  get db(): RawDatabase {
    const db = this.living?.db
    if (!db?.open) throw new Error('the desk is closed')
    return db
  }

  /** Opens and lets its person in. False where the desk does not take them any more. */
  async open(): Promise<boolean> {
    if (this.isOpen) return true
    await this.abandon()
    const folder = this.folderOf(this.lives)
    const { random } = this.parts
    const timer = createVirtualTimer(this.parts.now, () => random.integer(1_000_000_007) / 1_000_000_007, this.parts.onWait)
    const now = () => this.parts.now() + this.skew
    const held: { line?: Line } = {}
    const core = createCore({
      dataDir: folder, clock: { now: () => new Date(now()) }, ids: { next: this.parts.nextId }, hashCost: testHashCost,
      hub: {
        transport: (link, time) => {
          const device = { deviceId: link.deviceId, privateKey: link.privateKey }
          const before = held.line?.state() ?? 'up'
          held.line = createLine(createHttpTransport(this.parts.hubUrl(), device, time), createHttpTransport(this.parts.portalUrl, device, time), this.parts.watch)
          held.line.setState(before)
          if (this.living) this.living = { ...this.living, line: held.line }
          return held.line.transport
        },
        door: { enrol: () => Promise.resolve({ ok: false, failure: { kind: 'unreachable' } }) },
        timer,
        crash: (place) => this.atPlace(place as CrashPlace),
      },
    })
    const reply = await send(core, 'desk', 'session', 'signIn', { username: people[this.person]!.username, password: testPassword })
    if (!reply.ok) {
      await core.close()
      return false
    }
    const { deskWriter, key } = core.desk.bulkParts()
    key.fill(0)
    this.living = { core, folder, line: held.line!, timer, db: deskWriter }
    this.watchCommits(deskWriter)
    return true
  }

  async call<A extends Area, C extends keyof Contract[A] & string>(area: A, name: C, input: InputOf<Contract[A][C]>): Promise<ReplyOf<Contract[A][C]>> {
    if (!this.living) throw new Error('the desk is closed')
    return send(this.living.core, 'desk', area, name, input)
  }

  arm(at: CrashPlace, nth: number): void {
    this.armed = { at, nth }
  }
  disarm(): void {
    this.armed = null
  }
  fire(): void {
    this.living?.timer.fire()
  }

  /** Waits until the desk does nothing by itself: it has asked something, or has nothing to do. */
  async settled(): Promise<void> {
    const { living } = this
    if (!living) return
    for (let turn = 0; turn < 20_000; turn += 1) {
      await new Promise((resolve) => (turn < 200 ? setImmediate(resolve) : setTimeout(resolve, 1)))
      const hub = living.core.desk.hub()
      const revoking = hub?.link.revoked === false && hub.standing().trouble === 'revoked' && living.db?.open === true && this.living?.line.waiting() === null && living.core.desk.session('desk') !== null && !this.crashed
      // A thread of the desk adds up, for as long as the machine takes.
      const comparing = hub?.isComparing() === true && !this.crashed
      if (this.living?.line.waiting() !== null || this.living.line.hangs() || (hub?.isPushing() !== true && !revoking && !comparing)) return
    }
    throw new Error('a desk does not come to rest')
  }

  /** Killed: nothing that was not on the disk at that moment is ever seen again. `without` are files that are lost with it. */
  async kill(without: readonly string[] = []): Promise<void> {
    if (this.living && this.wreck === null) this.wreck = this.copyNow()
    await this.abandon()
    if (this.wreck === null) return
    for (const name of without) rmSync(join(this.wreck, name), { force: true })
    this.wreck = null
  }

  /** Keeps what is on the disk now. */
  save(): void {
    if (!this.living) return
    this.saved = `${this.parts.folder}/${this.index}-saved`
    this.copyTo(this.saved)
  }
  get hasSaved(): boolean {
    return this.saved !== null
  }
  /** The disk goes back to what was kept: the database only, or everything. */
  async goBack(whole: boolean): Promise<void> {
    if (this.saved === null) return
    await this.kill()
    const folder = this.folderOf(this.lives)
    if (whole) copyFolder(this.saved, folder)
    else {
      rmSync(join(folder, 'desk.db-wal'), { force: true })
      for (const name of ['desk.db', 'desk.db-wal']) if (existsSync(join(this.saved, name))) copyFileSync(join(this.saved, name), join(folder, name))
    }
  }

  /** Ends the core, whatever it is doing; its folder is no longer the desk's if it has crashed or was killed. */
  async abandon(): Promise<void> {
    const { living } = this
    if (!living) return
    this.living = null
    living.timer.stop()
    living.line.cut()
    await living.core.close().catch(() => undefined)
    if (this.wreck !== null) rmSync(living.folder, { recursive: true, force: true })
  }

  folderOf(life: number): string {
    return join(this.parts.folder, `${this.index}-${life}`)
  }

  private atPlace(place: CrashPlace): void {
    if (this.wreck !== null) throw new CrashedError(place)
    if (this.armed?.at !== place) return
    if (this.armed.nth > 0) {
      this.armed = { ...this.armed, nth: this.armed.nth - 1 }
      return
    }
    this.armed = null
    this.wreck = this.copyNow()
    this.living?.line.cut()
    throw new CrashedError(place)
  }

  private watchCommits(db: RawDatabase): void {
    const plain = db.exec.bind(db)
    db.exec = (sql) => {
      if (sql === 'COMMIT') this.atPlace('before commit')
      const result = plain(sql)
      if (sql === 'COMMIT') this.atPlace('after commit')
      return result
    }
  }

  private copyNow(): string {
    this.lives += 1
    const to = this.folderOf(this.lives)
    this.copyTo(to)
    return to
  }
  private copyTo(to: string): void {
    const from = this.living!.folder
    copyFolder(from, to)
    rmSync(join(to, 'desk.lock'), { force: true })
    rmSync(join(to, 'desk.db-shm'), { force: true })
  }
}

async function send<A extends Area, C extends keyof Contract[A] & string>(core: Core, clientId: string, area: A, name: C, input: InputOf<Contract[A][C]>): Promise<ReplyOf<Contract[A][C]>> {
  return JSON.parse(await core.dispatch({ clientId }, JSON.stringify({ call: `${area}.${name}`, input }))) as ReplyOf<Contract[A][C]>
}
