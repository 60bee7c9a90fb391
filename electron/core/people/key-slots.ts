/**
 * The database key, wrapped once per person (LUKS-like), see `slot-seal.ts`. Two copies of the file; a check value tells a
 * wrong password from a damaged database (reliability 6.2).
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../../../shared/sync/canonical.ts'
import { normalUsername } from '../../../shared/domain/username.ts'
import { writeFileDurably } from './durable-file.ts'
import type { SlotFiles } from './slot-files.ts'
import { decoySlot, deviceSecretId, sealSlot, slotSchema, unsealSlot } from './slot-seal.ts'
import type { HashCost, KeySlot, SlotOwner } from './slot-seal.ts'

export type { HashCost, SlotOwner } from './slot-seal.ts'
export const deskHashCost: HashCost = { memoryKiB: 64 * 1024, passes: 3 }

/** `sum` is over the rest: a flipped bit is damage of the file, and must not look like a wrong password. Files from before have none. */
const fileSchema = z.strictObject({ version: z.literal(1), keyCheck: z.string(), slots: z.array(slotSchema), sum: z.string().optional() })
type KeySlotFile = Omit<z.infer<typeof fileSchema>, 'sum'>

export class KeySlotsDamagedError extends Error {
  override readonly name = 'KeySlotsDamagedError'
  /** The slots can be read, and hold the key of another desk. */
  readonly mismatch: boolean

  constructor(message: string, { mismatch = false }: { readonly mismatch?: boolean } = {}) {
    super(message)
    this.mismatch = mismatch
  }
}

/** The slot was sealed with a device secret that is not at hand: no password opens it here and now. */
export class DeviceSecretMissingError extends Error {
  override readonly name = 'DeviceSecretMissingError'
}

export type KeySlots = {
  exists: () => boolean
  usernames: () => readonly string[]
  /** First run: writes the file with its first slot. Refuses to run twice. */
  create: (key: Uint8Array, person: SlotOwner, password: string) => Promise<void>
  add: (key: Uint8Array, person: SlotOwner, password: string) => Promise<void>
  /**
   * The key, or `null` for an unknown name or a wrong password: the two take equally long and look alike. A slot from
   * before there was a device secret is sealed afresh with it. Throws `KeySlotsDamagedError`, `DeviceSecretMissingError`.
   */
  open: (username: string, password: string) => Promise<{ key: Uint8Array; personId: string } | null>
  remove: (personId: string) => void
  /** How the two copies are found. */
  inspect: () => SlotFiles
  /**
   * The one slot of this name from now on, whoever had it before: the hub says who that is. Where no copy can be read they are set aside and
   * begun anew, with this slot: call it when the key has opened the database.
   */
  replace: (key: Uint8Array, person: SlotOwner, password: string) => Promise<void>
}

const copies = ['keyslots.json', 'keyslots.copy.json'] as const
const pathsIn = (dataDir: string) => copies.map((name) => join(dataDir, name))

/** `deviceSecret` comes from the operating system's key store where there is one; files carried off the machine are useless without it. */
export function createKeySlots(dataDir: string, deviceSecret: Uint8Array | null, cost: HashCost = deskHashCost): KeySlots {
  const paths = pathsIn(dataDir)
  const device = deviceSecret === null ? null : deviceSecretId(deviceSecret)
  const read = () => readFirstWhole(paths)
  const write = (file: KeySlotFile) => {
    for (const path of paths) writeFileDurably(path, JSON.stringify({ ...file, sum: sumOf(file) }))
  }
  const isClosed = (slot: KeySlot) => slot.device !== null && slot.device !== device

  const add: KeySlots['add'] = async (key, person, password) => {
    const slot = await sealSlot(key, person, password, cost, deviceSecret)
    const file = read()
    if (file.slots.some((other) => other.username === slot.username && other.personId !== slot.personId)) throw new Error('the name has a key slot of somebody else')
    write({ ...file, slots: [...file.slots.filter((other) => other.username !== slot.username), slot] })
  }

  /** The password was right: the slot gets the device secret it was made without. */
  async function bindToDevice(slot: KeySlot, key: Uint8Array, password: string): Promise<void> {
    if (device === null || slot.device !== null) return
    try {
      await add(key, slot, password)
    } catch {
      // The old slot is as good as before (no room on the disk, say): the next sign-in tries again.
    }
  }

  /** A copy that cannot be read is made anew from the one that can: the two are there for that. */
  function mend(file: KeySlotFile): void {
    if (paths.every((path) => readWhole(path) !== null)) return
    try {
      keepDamaged(paths.filter((path) => readWhole(path) === null))
      write(file)
    } catch {
      // No room, or no leave to write: one copy is enough for now.
    }
  }

  return {
    exists: () => paths.some((path) => existsSync(path)),
    usernames: () => read().slots.map((slot) => slot.username),
    create: async (key, person, password) => {
      if (paths.some((path) => existsSync(path))) throw new Error('key slots exist already')
      write({ version: 1, keyCheck: keyCheck(key), slots: [await sealSlot(key, person, password, cost, deviceSecret)] })
    },
    add,
    open: async (username, password) => {
      const file = read()
      const slot = file.slots.find((candidate) => candidate.username === normalUsername(username))
      // A name nobody has must not look different from one that cannot be opened.
      if (slot ? isClosed(slot) : file.slots.some(isClosed)) throw new DeviceSecretMissingError('the key slot needs a device secret that is not here')
      const key = await unsealSlot(slot ?? decoySlot(cost), password, deviceSecret)
      if (!slot || !key) return null
      if (!sameText(keyCheck(key), file.keyCheck)) throw new KeySlotsDamagedError('the key does not fit its check value', { mismatch: true })
      mend(file)
      await bindToDevice(slot, key, password)
      return { key, personId: slot.personId }
    },
    inspect: () => {
      const whole = paths.filter((path) => readWhole(path) !== null).length
      return whole === paths.length ? 'whole' : whole > 0 ? 'one' : paths.some((path) => existsSync(path)) ? 'damaged' : 'missing'
    },
    replace: async (key, person, password) => {
      const slot = await sealSlot(key, person, password, cost, deviceSecret)
      if (paths.every((path) => readWhole(path) === null)) {
        keepDamaged(paths)
        write({ version: 1, keyCheck: keyCheck(key), slots: [slot] })
        return
      }
      const file = read()
      write({ ...file, slots: [...file.slots.filter((other) => other.username !== slot.username && other.personId !== slot.personId), slot] })
    },
    remove: (personId) => {
      const file = read()
      if (!file.slots.some((slot) => slot.personId === personId)) return
      write({ ...file, slots: file.slots.filter((slot) => slot.personId !== personId) })
    },
  }
}

/** Which device secrets the slots of a data directory need; `unknown` when there are slots and none can be read. */
export function neededDeviceSecrets(dataDir: string): readonly string[] | 'unknown' {
  const paths = pathsIn(dataDir)
  if (!paths.some((path) => existsSync(path))) return []
  try {
    return [...new Set(readFirstWhole(paths).slots.flatMap(({ device }) => (device === null ? [] : [device])))]
  } catch {
    return 'unknown'
  }
}

function readFirstWhole(paths: readonly string[]): KeySlotFile {
  for (const path of paths) {
    const file = readWhole(path)
    if (file) return file
  }
  throw new KeySlotsDamagedError('no readable copy of the key slots')
}

function readWhole(path: string): KeySlotFile | null {
  try {
    const { sum, ...file } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    return sum === undefined || sum === sumOf(file) ? file : null
  } catch {
    return null
  }
}

function sumOf({ version, keyCheck, slots }: KeySlotFile): string {
  return createHash('sha256').update(canonicalJson({ version, keyCheck, slots: slots.map((slot) => ({ ...slot })) })).digest('base64')
}

/** Under another name beside the new ones. */
function keepDamaged(paths: readonly string[]): void {
  for (const path of paths.filter((each) => existsSync(each))) {
    for (let n = 1; ; n++) {
      const kept = `${path}.damaged-${n}`
      if (existsSync(kept)) continue
      renameSync(path, kept)
      break
    }
  }
}

function keyCheck(key: Uint8Array): string {
  return createHmac('sha256', key).update('sportello key check').digest('base64')
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
