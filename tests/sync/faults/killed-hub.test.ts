/** A hub process that ends by SIGKILL at a numbered statement, or loses its database there: what it had not answered comes again, and is done once. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Client } from 'pg'
import { deskRows, inStore } from '../../support/hub-desk.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { DeskProcess } from './desk-process.ts'
import { outboxQuery } from './desk-process.ts'
import type { OutboxRow } from './desk-process.ts'
import type { StatementFault } from './hub-process.ts'
import { allConfirmed, createWorld, expectAllOnce, expectNoFalseWord, handPorts, passUntil, ticket } from './world.ts'
import type { World } from './world.ts'

const every = process.env['SPORTELLO_LONG'] === '1'
let world: World
let desk: DeskProcess
let deviceId = ''
const saved: string[] = []
beforeAll(async () => {
  world = await createWorld()
  ;({ desk, deviceId } = await world.desk())
  await passUntil(world, desk, (state) => state.standing?.state === 'connected')
})
afterEach(async () => {
  world.proxy.heal()
  if (!world.hub().isGone()) await world.hub().arm(null)
})
afterAll(() => world.close())

/** Two tickets that wait, and a line that is up from now on. */
async function queueTwo(): Promise<void> {
  world.proxy.refuse(true)
  world.proxy.drop()
  for (let count = 0; count < 2; count += 1) {
    const reply = await desk.call('tickets', 'open', ticket(`scritto ${saved.length}`))
    if (!reply.ok) throw new Error(reply.error.code)
    saved.push(reply.value.ticketId)
  }
  await passUntil(world, desk, ({ isBusy }) => !isBusy)
  world.proxy.refuse(false)
}
async function drained(): Promise<void> {
  const { rows } = await passUntil(world, desk, allConfirmed)
  await expectAllOnce(world, deviceId, rows, saved)
}

/** What a hub says to the database for a whole exchange, in its order, from the transaction of the push on. */
async function statementsOfExchange(): Promise<readonly string[]> {
  await queueTwo()
  await world.hub().arm(null)
  await drained()
  return world.hub().statements()
}

async function expectGoesOn(at: number, how: StatementFault): Promise<void> {
  await queueTwo()
  await world.hub().arm(at, how)
  // At every moment: a desk that was told wrongly would find out with its next push, and set it right.
  await passUntil(world, desk, async (state) => {
    await expectNoFalseWord(world, deviceId, state.rows)
    return world.hub().isGone() || allConfirmed(state)
  })
  if (world.hub().isGone()) await world.restartHub()
  await drained()
}

describe('a hub that is killed', () => {
  it('before or after any statement of an exchange, also between commit and answer, has done each operation once', async () => {
    const statements = await statementsOfExchange()
    const commit = statements.indexOf('COMMIT') + 1
    expect(commit).toBeGreaterThan(3)
    const points: [number, StatementFault][] = every
      ? statements.flatMap((_, at) => [[at + 1, 'killed before'], [at + 1, 'killed after']] as [number, StatementFault][])
      : [[Math.floor(commit / 2), 'killed after'], [commit, 'killed before'], [commit, 'killed after'], [statements.length - 1, 'killed before']]
    for (const [at, how] of points) await expectGoesOn(at, how)
  }, 3_600_000)

  it('at any statement of a snapshot gives the rest of it when it is back', async () => {
    const reference = await world.open((await world.deskFolder()).dataDir)
    const rows = deskRows(reference)
    for (let at = every ? 1 : 6; at <= (every ? 40 : 6); at += 1) {
      const core = await createTestCore({ deskNumber: 900 + at, now: new Date().toISOString(), hub: handPorts })
      try {
        expect(await core.call('hub', 'join', { address: world.proxy.address, code: await world.hub().code('office-Trieste') })).toMatchObject({ ok: true })
        await world.hub().arm(at, 'killed before', '')
        const said = await core.core.desk.hub()?.exchangeNow()
        if (!world.hub().isGone()) return expect(said).toBe(null)
        expect(said).toEqual({ kind: 'unreachable' })
        await world.restartHub()
        expect(await core.core.desk.hub()?.exchangeNow()).toBe(null)
        expect(await reference.core.desk.hub()?.exchangeNow()).toBe(null)
        expect({ ...deskRows(core), person: [] }).toEqual({ ...rows, ...deskRows(reference), person: [] })
        expect(inStore(core, (db) => (db.prepare(outboxQuery).all() as OutboxRow[]).filter(({ state }) => state !== 'confirmed'))).toEqual([])
      } finally {
        await core.close()
      }
    }
  }, 3_600_000)
})

describe('a hub whose database', () => {
  const own = (sql: string, ...values: readonly unknown[]) => world.database.asOwner(sql, values)
  const numbers = async () => own('SELECT epoch, last_seq FROM device WHERE id = $1', deviceId)
  /** As the superuser, who is let in when nobody else is. */
  async function asAdmin(...statements: readonly string[]): Promise<void> {
    const admin = new Client({ connectionString: world.database.adminUrl })
    await admin.connect()
    for (const statement of statements) await admin.query(statement)
    await admin.end()
  }
  const name = () => new URL(world.database.url).pathname.slice(1)

  it('ends the connection at any statement of an exchange keeps the whole batch or nothing', async () => {
    const statements = await statementsOfExchange()
    const commit = statements.indexOf('COMMIT') + 1
    const points = every ? statements.map((_, at) => at + 1) : [2, Math.floor(commit / 2), commit - 1, commit]
    for (const at of points) await expectGoesOn(at, 'connection ended')
  }, 3_600_000)

  it('lets nobody in any more asks the desks to come again, takes no number, and goes on by itself', async () => {
    const before = await numbers()
    await queueTwo()
    await asAdmin(`ALTER DATABASE ${name()} CONNECTION LIMIT 0`, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'sportello-hub%'`)
    const at = world.proxy.answers.length
    const { rows } = await passUntil(world, desk, ({ standing }) => world.proxy.answers.slice(at).some(({ status }) => status === 503) && standing?.state === 'unreachable')
    expect(rows.slice(-2).map(({ state }) => state)).toEqual(['queued', 'queued'])
    expect(world.proxy.answers.findLast(({ status }) => status === 503)?.bytes.toString()).toMatch(/retry-after: \d+/i)
    await asAdmin(`ALTER DATABASE ${name()} CONNECTION LIMIT -1`)
    expect(await numbers()).toEqual(before)
    await drained()
  })

  it.each([
    ['cannot serialize for once', '40001', 2],
    ['cannot serialize at all for a while', '40001', 40],
    ['finds a deadlock', '40P01', 2],
    ['has no room on its disk for a while', '53100', 3],
    ['is out of memory for a while', '53200', 3],
    ['cannot read its files for a while', '58030', 3],
  ] as const)('%s loses nothing, takes no number twice, and sets no operation aside', async (_what, state, times) => {
    await own('CREATE SEQUENCE IF NOT EXISTS faults')
    await own(`GRANT USAGE ON SEQUENCE faults TO PUBLIC`)
    await own(`CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('faults') <= ${times} THEN RAISE EXCEPTION 'fault' USING ERRCODE = '${state}'; END IF; RETURN NULL; END $$`)
    await own(`ALTER SEQUENCE faults RESTART`)
    await own('CREATE TRIGGER fault AFTER INSERT ON receipt FOR EACH STATEMENT EXECUTE FUNCTION fault()')
    try {
      await queueTwo()
      await drained()
      expect(await own('SELECT last_value > $1 AS happened FROM faults', times)).toEqual([{ happened: true }])
      expect(await own('SELECT count(*)::int AS n FROM refused_op WHERE device_id = $1', deviceId)).toEqual([{ n: 0 }])
    } finally {
      await own('DROP TRIGGER IF EXISTS fault ON receipt')
    }
  })

  it('keeps a row locked for longer than it waits asks the desks to come again', async () => {
    const holder = new Client({ connectionString: world.database.ownerUrl })
    await holder.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM feed_head FOR UPDATE')
    const before = await numbers()
    await queueTwo()
    const at = world.proxy.answers.length
    try {
      const asked = world.proxy.requests.length
      await passUntil(world, desk, () => world.proxy.requests.length > asked)
      // The wait is the database's own: little time passes for the desk.
      await passUntil(world, desk, () => world.proxy.answers.slice(at).some(({ status }) => status === 503), 10)
      expect(await numbers()).toEqual(before)
    } finally {
      await holder.query('ROLLBACK')
      await holder.end()
    }
    await drained()
  })
})
