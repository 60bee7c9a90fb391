/** Plays a script: each step to its end, then whatever the desks do by themselves, until everything waits for the next step. */
import type { SimDesk } from './desk-side.ts'
import { actAtHub } from './hub-acts.ts'
import type { LineFault, Step } from './script.ts'
import { noteFound, write } from './writes.ts'
import { writeBad } from './bad-writes.ts'
import type { World } from './world.ts'

/** No exchange of a few desks needs more requests. */
const mostRequests = 80
const writing: ReadonlySet<Step['do']> = new Set(['open', 'step', 'read', 'unread', 'settle', 'replace', 'contact', 'conflict', 'identity', 'link', 'unlink'])

export async function play(world: World, step: Step): Promise<void> {
  if (writing.has(step.do)) await write(world, step as Step & { desk: number })
  else await other(world, step)
  await rest(world)
}

/** Everybody has come to rest; who crashed is started again from what was on the disk. */
export async function rest(world: World): Promise<void> {
  for (const desk of world.desks) {
    await desk.settled()
    if (desk.crashed) {
      await desk.kill()
      await reopen(world, desk)
    }
    noteAcknowledged(world, desk)
  }
}

export async function reopen(world: World, desk: SimDesk): Promise<void> {
  desk.disarm()
  if (!(await desk.open())) return
  noteFound(world, desk)
  await desk.settled()
}

/** What the desk has heard from the hub is said to be safe from then on. */
function noteAcknowledged(world: World, desk: SimDesk): void {
  if (!desk.isOpen || desk.crashed) return
  const rows = desk.db.prepare(`SELECT op_id AS opId, outcome FROM outbox WHERE state IN ('delivered', 'confirmed', 'refused') AND entity <> 'person'`).all() as { opId: string; outcome: string }[]
  for (const { opId, outcome } of rows) world.ledger.acknowledged.set(opId, outcome)
}

async function other(world: World, step: Step): Promise<void> {
  const desk = 'desk' in step ? world.desks[step.desk] : undefined
  switch (step.do) {
    case 'go':
      return desk ? goOn(world, desk, step.fault) : undefined
    case 'run':
      return desk ? run(world, desk) : undefined
    case 'race':
      return race(world, step)
    case 'quarrel':
      return quarrel(world, step)
    case 'line':
      desk?.line?.setState(step.state)
      return
    case 'wait':
      passTime(world, step.seconds)
      return
    case 'outage':
      return outage(world)
    case 'hang':
      return desk ? hang(world, desk) : undefined
    case 'damage':
      return desk ? damage(world, desk) : undefined
    case 'clock':
      if (desk) desk.skew = step.hours * 3_600_000
      return
    case 'crash':
      desk?.arm(step.at, step.nth)
      return
    case 'kill':
      if (!desk) return
      await desk.kill(step.wal ? ['desk.db-wal'] : [])
      return reopen(world, desk)
    case 'copy':
      if (desk?.isOpen && !desk.crashed) desk.save()
      return
    case 'old copy':
      return desk ? goBack(world, desk, step.whole) : undefined
    case 'switch':
      if (!desk) return
      await desk.kill()
      desk.person = step.person
      return reopen(world, desk)
    case 'compare':
      // Both sides add up; what they find is asked for in the requests that follow.
      if (desk?.isOpen) desk.core?.desk.hub()?.checkHealth().catch(() => undefined)
      return
    case 'bad operation':
      return desk ? writeBad(world, desk, step.how) : undefined
    default:
      await actAtHub(world, step)
      return world.lookAgain()
  }
}

const silenceSeconds = 30

/** What is due happens, and what has been silent for too long is given up. */
export function passTime(world: World, seconds: number): void {
  world.advance(seconds)
  for (const desk of world.desks) {
    if (seconds >= silenceSeconds) desk.line?.silence()
    desk.fire()
  }
}

/** All try in the same moment, several times, and all fail. */
async function outage(world: World): Promise<void> {
  const before = world.desks.map((desk) => desk.line?.state() ?? 'up')
  for (const desk of world.desks) desk.line?.setState('down')
  for (const seconds of [0, 300, 300]) {
    passTime(world, seconds)
    for (const desk of world.desks) if (desk.isOpen && desk.core?.desk.hub()?.isPushing() === false) desk.core.desk.hub()?.wake()
    await rest(world)
  }
  for (const [index, desk] of world.desks.entries()) desk.line?.setState(before[index] ?? 'up')
}

async function hang(world: World, desk: SimDesk): Promise<void> {
  for (let requests = 0; requests < 5 && desk.isOpen && desk.line?.waiting() !== 'push' && desk.line?.hangs() === false; requests += 1) await goOn(world, desk, 'none')
  if (desk.line?.waiting() === 'push') await desk.line.go('hang')
}

async function damage(world: World, desk: SimDesk): Promise<void> {
  const session = desk.core?.desk.session('desk')
  if (!desk.isOpen || desk.crashed || !session) return
  await desk.core?.desk.signedParts(session).work.local((db) => db.prepare(`UPDATE customer SET first_name = 'Guasto' WHERE id = 'etra:020951'`).run())
  world.damaged = true
}

/** A desk that asks nothing is asked to. */
async function goOn(_world: World, desk: SimDesk, fault: LineFault): Promise<void> {
  if (!desk.isOpen || !desk.line) return
  if (desk.line.waiting() === null) {
    desk.core?.desk.hub()?.wake()
    await desk.settled()
  }
  await desk.line?.go(fault)
  await desk.settled()
}

export async function run(world: World, desk: SimDesk): Promise<void> {
  if (!desk.isOpen) await reopen(world, desk)
  if (!desk.isOpen || !desk.line) return
  if (desk.line.waiting() === null) {
    desk.core?.desk.hub()?.wake()
    await desk.settled()
  }
  for (let requests = 0; desk.line?.waiting() != null && !desk.crashed; requests += 1) {
    if (requests > mostRequests) return world.findings.add('stuck', `desk ${desk.index} asks without end: ${desk.line.waiting()}`)
    await desk.line.go('none')
    await desk.settled()
  }
}

/** The disk is what it was. What only the lost part of it knew is nobody's fault, unless the journal beside it was not put back. */
async function goBack(world: World, desk: SimDesk, whole: boolean): Promise<void> {
  if (!desk.hasSaved) {
    // No copy was made before: one is made now, and what is written and sent after it is what the old copy will not know.
    if (!desk.isOpen || desk.crashed) return
    desk.save()
    await write(world, { do: 'open', desk: desk.index, customer: desk.index % 4, type: 0 })
    await run(world, desk)
    await rest(world)
  }
  const held = desk.isOpen ? (desk.db.prepare(`SELECT op_id FROM outbox WHERE state = 'queued'`).pluck().all() as string[]) : unheardOf(world, desk)
  await desk.goBack(whole)
  await reopen(world, desk)
  if (!whole) return
  if (!desk.isOpen) {
    for (const { opId, desk: of } of world.ledger.entries.values()) if (of === desk.index) world.ledger.excused.add(opId)
    return
  }
  const still = new Set(desk.db.prepare('SELECT op_id FROM outbox').pluck().all() as string[])
  for (const opId of held) if (!still.has(opId)) world.ledger.excused.add(opId)
  await write(world, { do: 'open', desk: desk.index, customer: desk.index % 4, type: 1 })
}

/** What a desk that lets nobody in may still hold: whoever was let go is signed out, and nobody can look into it. */
function unheardOf({ ledger }: World, desk: SimDesk): readonly string[] {
  return [...ledger.entries.values()].filter(({ opId, desk: of }) => of === desk.index && !ledger.acknowledged.has(opId)).map(({ opId }) => opId)
}

/** Two transactions at the hub side by side, in the order in which a naive feed would lose one. */
async function race(world: World, step: Step & { do: 'race' }): Promise<void> {
  const desks = [world.desks[step.first], world.desks[step.second], world.desks[step.third]]
  const [first, second, third] = desks
  if (!first?.isOpen || !second?.isOpen || !third?.isOpen || first === second || second === third || first === third) return
  for (const [index, desk] of [first, second].entries()) {
    await write(world, { do: 'contact', desk: desk.index, customer: index, field: index, value: world.ledger.entries.size % 4 })
    await desk.settled()
    for (let requests = 0; requests < 5 && desk.line?.waiting() !== 'push'; requests += 1) await goOn(world, desk, 'none')
  }
  if (first.line?.waiting() !== 'push' || second.line?.waiting() !== 'push') return
  const hold = world.faults.hold(step.held)
  const one = first.line.sendOnly()
  for (let turn = 0; turn < 500 && !hold.isHeld() && !(await isDone(one?.done)); turn += 1) await pause()
  const two = second.line.sendOnly()
  for (let turn = 0; turn < 500 && !(await isDone(two?.done)) && !(await world.faults.isBlocked()); turn += 1) await pause()
  // What a third one pushes would wait for the locks that are held.
  if (step.held === 'audit' || third.db.prepare(`SELECT 1 FROM outbox WHERE state = 'queued'`).get() === undefined) await run(world, third)
  hold.release()
  await Promise.all([one?.done, two?.done])
  one?.deliver()
  two?.deliver()
}

async function quarrel(world: World, { first, second, judge, meter, anew }: Step & { do: 'quarrel' }): Promise<void> {
  for (const [value, index] of [first, second].entries()) {
    const desk = world.desks[index]
    if (!desk?.isOpen || desk.crashed) return
    await write(world, { do: 'read', desk: index, meter, value })
    await run(world, desk)
    await rest(world)
  }
  const desk = world.desks[judge]
  if (!desk) return
  await run(world, desk)
  await rest(world)
  if (desk.isOpen && !desk.crashed) await write(world, anew ? { do: 'replace', desk: judge, nth: 0, value: 2 } : { do: 'settle', desk: judge, nth: 0 })
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 1))
async function isDone(work: Promise<void> | undefined): Promise<boolean> {
  return work === undefined || (await Promise.race([work.then(() => true), new Promise<false>((resolve) => setImmediate(() => resolve(false)))]))
}
