/** One desk process and one hub process over a line that does what lines do. Whatever it was: nothing lost, nothing twice, no false word, and it goes on by itself. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../support/hub-random.ts'
import type { DeskProcess } from './desk-process.ts'
import type { Blocked, Fate } from './fault-proxy.ts'
import type { RequestBytes } from './http-bytes.ts'
import { allConfirmed, createWorld, expectAllOnce, expectNoFalseWord, passUntil, ticket } from './world.ts'
import type { World } from './world.ts'

const seed = Number(process.env['SPORTELLO_SEED'] ?? 31)
const random = seededRandom(seed)
const rounds = process.env['SPORTELLO_LONG'] === '1' ? 12 : 1

let world: World
let desk: DeskProcess
let deviceId = ''
let written = 0
const saved: string[] = []
beforeAll(async () => {
  world = await createWorld()
  ;({ desk, deviceId } = await world.desk())
  await passUntil(world, desk, (state) => state.standing?.state === 'connected')
})
afterEach(() => {
  world.proxy.heal()
  world.proxy.drop()
})
afterAll(() => world.close())

async function write(text?: string): Promise<string> {
  const reply = await desk.call('tickets', 'open', ticket(`scritto ${(written += 1)}, seme ${seed}`, text))
  if (!reply.ok) throw new Error(reply.error.code)
  saved.push(reply.value.ticketId)
  return reply.value.ticketId
}
const isPush = ({ path }: RequestBytes) => path === '/v1/push'
/** That fate for the next push only. */
function nextPush(fate: Fate | ((request: RequestBytes) => Fate)): void {
  let done = false
  world.proxy.decide((request) => {
    if (done || !isPush(request)) return 'pass'
    done = true
    return typeof fate === 'function' ? fate(request) : fate
  })
}
const pushes = () => world.proxy.requests.filter(isPush).length
async function drained(): Promise<void> {
  const { rows } = await passUntil(world, desk, allConfirmed)
  await expectAllOnce(world, deviceId, rows, saved)
}
const isAtHub = async (opId: string) => (await world.database.asOwner('SELECT 1 AS found FROM receipt WHERE op_id = $1', [opId])).length === 1

describe('a request that breaks off', () => {
  it('in its middle, by an end or a reset of the connection, is none', async () => {
    for (let round = 0; round < 2 * rounds; round += 1) {
      let told = ''
      nextPush(({ bytes, bodyAt }) => {
        told = bytes.toString('utf8', bodyAt)
        return { torn: random.integer(bytes.length - bodyAt), by: round % 2 === 0 ? 'end' : 'reset' }
      })
      const before = pushes()
      const opId = await write()
      await passUntil(world, desk, ({ standing }) => pushes() > before && standing?.state === 'unreachable')
      expect(told).toContain(opId)
      expect(await isAtHub(opId)).toBe(false)
      await expectNoFalseWord(world, deviceId, (await desk.state()).rows)
      await drained()
    }
  })

  it('by saying no more is told to be too slow, is none, and keeps no place', async () => {
    const ordinary = 30_000
    await world.hub().waitFor(300)
    nextPush(({ bytes, bodyAt }) => ({ stalls: random.integer(bytes.length - bodyAt) }))
    const at = world.proxy.statuses.length
    const opId = await write()
    await passUntil(world, desk, () => world.proxy.statuses.slice(at).includes(408), 100)
    await world.hub().waitFor(ordinary)
    expect(await isAtHub(opId)).toBe(false)
    await drained()
  })
})

describe('an answer that does not arrive', () => {
  it('whole or in part, was for something that the hub has done once', async () => {
    for (let round = 0; round < 2 * rounds; round += 1) {
      const before = pushes()
      nextPush({ answerTornAt: round % 2 === 0 ? 0 : 1 + random.integer(600) })
      const opId = await write()
      const { rows } = await passUntil(world, desk, async ({ standing }) => pushes() > before && standing?.state === 'unreachable' && (await isAtHub(opId)))
      // Not heard yet, or heard by the next attempt, which may already be on its way; and never anything else.
      expect(['queued', 'delivered']).toContain(rows.find((row) => row.opId === opId)?.state)
      await expectNoFalseWord(world, deviceId, rows)
      await drained()
    }
  })
})

describe('a request that arrives twice', () => {
  it.each(['before', 'together', 'after'] as const)('with the other one %s, does its work once', async (again) => {
    nextPush({ again })
    const before = pushes()
    await write()
    await drained()
    // The copy is known by its nonce, the desk's own by what was decided: neither is done again.
    expect(pushes() - before).toBeLessThanOrEqual(2)
  })
})

describe('requests and answers out of their order', () => {
  it('old pushes that arrive behind newer ones change nothing', async () => {
    let held = 0
    world.proxy.decide((request) => (isPush(request) && (held += 1) <= 2 ? 'late' : 'pass'))
    await write()
    await passUntil(world, desk, () => held > 2)
    await write()
    await passUntil(world, desk, allConfirmed)
    const at = world.proxy.answers.length
    world.proxy.release()
    await expect.poll(() => world.proxy.answers.slice(at).filter(({ to }) => isPush(to)).length).toBe(2)
    await write()
    await drained()
  })

  it('the answer to an earlier request says nothing about this one', async () => {
    const last = (path: string) => world.proxy.answers.findLast(({ to, status }) => to.path.startsWith(path) && status === 200)?.bytes ?? Buffer.alloc(0)
    for (const path of ['/v1/push', '/v1/changes']) {
      const stale = last(path)
      let given = 0
      world.proxy.decide((request) => (request.path.startsWith(path) && (given += 1) === 1 ? { answered: stale } : 'pass'))
      await write()
      await passUntil(world, desk, () => given > 0)
      await expectNoFalseWord(world, deviceId, (await desk.state()).rows)
      await drained()
    }
  })
})

describe('a line that carries one way only', () => {
  it.each(['to hub', 'to desk', 'both'] as const)('(not %s) is told as no line, and what was held may come or not', async (blocked: Blocked) => {
    for (const comes of [true, false]) {
      world.proxy.block(blocked)
      const before = pushes()
      await write()
      // The desk gives the connection up by itself and tries another one.
      await passUntil(world, desk, ({ standing }) => pushes() > before + 1 && standing?.stuck === true, 5_000)
      await write()
      const { rows } = await desk.state()
      expect(rows.slice(-2).map(({ state }) => state)).toEqual(['queued', 'queued'])
      if (!comes) world.proxy.drop()
      world.proxy.heal()
      await drained()
    }
  })
})

describe('a line that comes and goes every 50 ms', () => {
  it('loses and doubles nothing', async () => {
    for (let turn = 0; turn < 10 * rounds; turn += 1) {
      await write()
      world.proxy.refuse(turn % 2 === 1)
      world.proxy.drop()
      await new Promise((resolve) => setTimeout(resolve, 50))
      await desk.advance(1_000)
    }
    await expectNoFalseWord(world, deviceId, (await desk.state()).rows)
    world.proxy.heal()
    await drained()
  })
})

describe('somebody else who answers', () => {
  const page = '<html><body>Benvenuti: accedere alla rete</body></html>'
  const says = (status: string, type: string, body: string, more = '') => Buffer.from(`HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  it.each([
    ['a portal with its page', 'not_a_hub', says('200 OK', 'text/html', page)],
    ['a portal that leads elsewhere', 'not_a_hub', says('302 Found', 'text/html', page, 'location: http://portal.example/\r\n')],
    ['a proxy that wants to know who asks', 'not_a_hub', says('407 Proxy Authentication Required', 'text/html', page, 'proxy-authenticate: Basic\r\n')],
    ['a proxy that finds nobody', 'unreachable', says('502 Bad Gateway', 'text/html', page)],
    ['a network that must be joined', 'not_a_hub', says('511 Network Authentication Required', 'text/html', page)],
    ['another program', 'not_a_hub', says('200 OK', 'application/json', '{"ok":true,"receipts":[]}')],
  ] as const)('%s is not the hub: nothing counts as delivered', async (_who, trouble, answered) => {
    world.proxy.decide(() => ({ answered }))
    const opId = await write()
    const { rows } = await passUntil(world, desk, ({ standing }) => standing?.trouble === trouble)
    expect(rows.at(-1)).toMatchObject({ opId, state: 'queued' })
    // Never nearer together than the desk's own waiting allows.
    const before = world.proxy.requests.length
    for (let second = 0; second < 60; second += 1) await desk.advance(1_000)
    expect(world.proxy.requests.length - before).toBeLessThan(20)
    expect(await isAtHub(opId)).toBe(false)
    world.proxy.heal()
    await drained()
  })
})

describe('a thin line', () => {
  /** Long texts, 19 kB each. */
  async function writeWithoutLine(count: number): Promise<void> {
    world.proxy.refuse(true)
    world.proxy.drop()
    for (let n = 0; n < count; n += 1) await write('x'.repeat(19_000))
    world.proxy.refuse(false)
  }

  it('of five seconds each way delays, and repeats nothing', async () => {
    world.proxy.slow(Infinity, 5_000)
    const before = pushes()
    await write()
    await drained()
    expect(pushes() - before).toBe(1)
  })

  it('of 8 kB a second gets a long queue through in shorter pieces, without a storm of repeats', async () => {
    await writeWithoutLine(50)
    world.proxy.slow(8_000, 0)
    const before = pushes()
    await drained()
    // 1 MB, of which a minute carries 480 kB: some pieces, and one that was too long.
    expect(pushes() - before).toBeLessThan(12)
  })

  it('on which a push takes longer than the hub waits gets shorter ones through', async () => {
    const tooSlow = Buffer.from('HTTP/1.1 408 Request Timeout\r\ncontent-type: application/json; charset=utf-8\r\nconnection: close\r\ncontent-length: 29\r\n\r\n{"error":{"code":"too_slow"}}')
    // What 8 kB a second carry in the half minute that the hub waits for a request.
    world.proxy.decide((request) => (request.bytes.length > 240_000 ? { answered: tooSlow } : 'pass'))
    await writeWithoutLine(40)
    const before = pushes()
    await drained()
    expect(pushes() - before).toBeLessThan(12)
  })
})

describe('a lid that is closed', () => {
  it('in the middle of a push, for a weekend, is opened again to a queue that empties itself', async () => {
    world.proxy.block('to desk')
    const opId = await write()
    await passUntil(world, desk, () => isAtHub(opId))
    world.proxy.drop()
    world.proxy.heal()
    await desk.advance(60 * 3_600_000)
    await drained()
  })
})
