/** A desk of a hub whose files were damaged: everything but unsent work is at the hub. */
import { readdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createHubDouble } from '../../support/hub-double.ts'
import type { HubDouble } from '../../support/hub-double.ts'
import { deskRows, doublePorts, exchange, fillHub, hubRows, joinedDesk } from '../../support/hub-desk.ts'
import { testPassword } from '../../support/hash-cost.ts'
import type { TestCore } from '../../support/test-core.ts'
import { anna, copyOf, flipBit, readStatus, reopen, statusOf, ticket } from './damaged-desk.ts'

const opened: TestCore[] = []
const folders: string[] = []
const kept = (core: TestCore): TestCore => {
  opened.push(core)
  folders.push(core.dataDir)
  return core
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.core.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function workedDesk(options: { copy: boolean }): Promise<{ hub: HubDouble; dataDir: string }> {
  const hub = createHubDouble()
  await fillHub(hub)
  const core = kept(await joinedDesk(hub, { deskNumber: 1 }))
  await exchange(core)
  hub.passwords.set('anna', { password: testPassword, revision: 1 })
  await core.call('tickets', 'open', ticket('prima della copia'))
  await exchange(core)
  if (options.copy) await core.core.desk.upkeep.copyNow(true)
  await core.call('tickets', 'open', ticket('dopo la copia, inviata'))
  await exchange(core)
  hub.hooks.fault = () => 'lost before'
  await core.call('tickets', 'open', ticket('mai inviata'))
  // As a power cut leaves it.
  const dataDir = copyOf(core.dataDir)
  folders.push(dataDir)
  hub.hooks.fault = () => null
  return { hub, dataDir }
}
/** The first page, and the log that may hold a newer one. */
function ruin(dataDir: string): void {
  flipBit(join(dataDir, 'desk.db'), 100)
  for (const name of ['desk.db-wal', 'desk.db-shm']) rmSync(join(dataDir, name), { force: true })
}
const everything = ['dopo la copia, inviata', 'mai inviata', 'prima della copia']
const atHub = (hub: HubDouble) => hub.find('ticket', {}).map((row) => String(row['subject'])).toSorted()

async function inAgreement(core: TestCore, hub: HubDouble): Promise<void> {
  for (let i = 0; i < 4; i++) await exchange(core)
  expect(await exchange(core)).toBe(null)
  expect(atHub(hub)).toEqual(everything)
  expect(deskRows(core)).toEqual(hubRows(hub))
  expect(await core.call('outbox', 'status', {})).toMatchObject({ value: { queued: 0 } })
}

describe('a damaged desk of a hub', () => {
  it('goes on from a copy, under a new epoch, and nothing is lost or done twice', async () => {
    const { hub, dataDir } = await workedDesk({ copy: true })
    ruin(dataDir)
    const core = kept(await reopen(dataDir, { hub: doublePorts(hub) }))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ error: { code: 'store_unreadable' } })
    const { state } = await readStatus(core)
    expect(state).toMatchObject({ kind: 'damaged', joined: true })
    const daily = state.kind === 'damaged' ? state.copies.find(({ reason }) => reason === 'daily') : undefined
    expect(await core.call('recovery', 'restore', { copyId: daily?.id ?? '' })).toMatchObject({ ok: true })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    await inAgreement(core, hub)
    expect((await statusOf(core)).notes).toMatchObject([{ kind: 'restored', joined: true, missing: 0 }])
  })

  it('takes up a copy from before the joining as the desk of its hub that it is', async () => {
    const { hub, dataDir } = await workedDesk({ copy: false })
    ruin(dataDir)
    const core = kept(await reopen(dataDir, { hub: doublePorts(hub) }))
    await core.call('session', 'signIn', anna)
    const { state } = await readStatus(core)
    const before = state.kind === 'damaged' ? state.copies.find(({ reason }) => reason === 'before_joining') : undefined
    expect(await core.call('recovery', 'restore', { copyId: before?.id ?? '' })).toMatchObject({ ok: true })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await core.call('hub', 'status', {})).not.toMatchObject({ value: { state: 'none' } })
    await inAgreement(core, hub)
  })

  it('without any copy takes everything from the hub, and offers what was never sent', async () => {
    const { hub, dataDir } = await workedDesk({ copy: false })
    rmSync(join(dataDir, 'copies'), { recursive: true })
    ruin(dataDir)
    const core = kept(await reopen(dataDir, { hub: doublePorts(hub) }))
    await core.call('session', 'signIn', anna)
    expect((await readStatus(core)).state).toMatchObject({ kind: 'damaged', joined: true, copies: [] })
    expect(await core.as('other')('recovery', 'rebuild', {})).toMatchObject({ error: { code: 'not_unlocked' } })
    expect(await core.call('recovery', 'rebuild', {})).toMatchObject({ ok: true, value: { state: { kind: 'none' } } })
    // Nobody is known in the new file, and the hub cannot be asked: nobody comes in, and nothing is shown as success.
    hub.hooks.fault = () => 'lost before'
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: false })
    hub.hooks.fault = () => null
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true, value: { person: { username: 'anna', role: 'administrator' } } })
    await inAgreement(core, hub)
    expect((await statusOf(core)).notes).toMatchObject([{ kind: 'rebuilt', aside: readdirSync(dataDir).find((name) => name.startsWith('corrupt-')) }])
  })

  it.each([
    ['gone', (path: string) => rmSync(path)],
    ['of no length', (path: string) => truncateSync(path, 0)],
    ['flipped', (path: string) => flipBit(path, 2)],
  ])('whose link file is %s never passes for one that stands alone, and joins again', async (_, damage) => {
    const { hub, dataDir } = await workedDesk({ copy: false })
    damage(join(dataDir, 'hub-link.json'))
    const core = kept(await reopen(dataDir, { hub: doublePorts(hub) }))
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    expect(await statusOf(core)).toMatchObject({ hubLinkLost: true })
    expect(await core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })).toMatchObject({ ok: true })
    expect(await statusOf(core)).toMatchObject({ hubLinkLost: false })
    await inAgreement(core, hub)
  })

  it('whose key slots are gone gets new ones from the hub, and keeps its database', async () => {
    const { hub, dataDir } = await workedDesk({ copy: true })
    for (const name of ['keyslots.json', 'keyslots.copy.json']) rmSync(join(dataDir, name))
    const core = kept(await reopen(dataDir, { hub: doublePorts(hub) }))
    expect(await statusOf(core)).toMatchObject({ state: { kind: 'key_slots', found: 'missing', joined: true } })
    // Signing in is the way, so that no screen stands before it.
    expect(await core.call('session', 'status', {})).not.toHaveProperty('value.recovery')
    expect(await core.call('session', 'signIn', { ...anna, password: 'sbagliata' })).toMatchObject({ ok: false })
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
    await inAgreement(core, hub)
    await core.call('session', 'signOut', {})
    hub.hooks.fault = () => 'lost before'
    expect(await core.call('session', 'signIn', anna)).toMatchObject({ ok: true })
  })
})
