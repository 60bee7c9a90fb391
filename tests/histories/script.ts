/** What happens in a history: a list of plain steps, made from a seed before anything runs, so that it can be printed, shortened and played again. */
import type { Random } from '../support/hub-random.ts'

/** What becomes of the next request of a desk. */
export const lineFaults = ['none', 'lost before', 'lost after', 'twice', 'together', 'stale', 'late copy', 'hang', 'portal', 'busy', 'hub dies before', 'hub dies after', 'database cut', 'torn commit'] as const
export type LineFault = (typeof lineFaults)[number]
/** `deaf`: requests arrive, answers do not. `mute`: connections stand and nothing arrives. */
export const lineStates = ['up', 'down', 'deaf', 'portal'] as const
export type LineState = (typeof lineStates)[number]
export const ticketSteps = ['take', 'note', 'wait', 'answer', 'close', 'reopen', 'cancel'] as const
export const crashPlaces = ['batch read', 'push answered', 'receipts stored', 'changes answered', 'page fetched', 'page loaded', 'swept', 'snapshot planned', 'snapshot finished', 'purged', 'purge told', 'before commit', 'after commit'] as const
export type CrashPlace = (typeof crashPlaces)[number]

export type Step =
  | { readonly do: 'open'; readonly desk: number; readonly customer: number; readonly type: number }
  | { readonly do: 'step'; readonly desk: number; readonly ticket: number; readonly step: (typeof ticketSteps)[number] }
  | { readonly do: 'read'; readonly desk: number; readonly meter: number; readonly value: number }
  | { readonly do: 'unread'; readonly desk: number; readonly nth: number }
  | { readonly do: 'settle'; readonly desk: number; readonly nth: number }
  | { readonly do: 'replace'; readonly desk: number; readonly nth: number; readonly value: number }
  | { readonly do: 'contact'; readonly desk: number; readonly customer: number; readonly field: number; readonly value: number }
  | { readonly do: 'conflict'; readonly desk: number; readonly nth: number; readonly restore: boolean }
  | { readonly do: 'identity'; readonly desk: number; readonly customer: number; readonly value: number }
  | { readonly do: 'link'; readonly desk: number; readonly customer: number; readonly service: number }
  | { readonly do: 'unlink'; readonly desk: number; readonly nth: number }
  /** One request of the desk goes its way, with that fault. */
  | { readonly do: 'go'; readonly desk: number; readonly fault: LineFault }
  /** Whatever the desk asks, until it has nothing to ask. */
  | { readonly do: 'run'; readonly desk: number }
  /** Two desks push while the hub is held in the first one's transaction, and a third one pulls meanwhile. */
  | { readonly do: 'race'; readonly first: number; readonly second: number; readonly third: number; readonly held: 'audit' | 'commit' }
  /** Two desks read the same meter differently, and a third one decides. */
  | { readonly do: 'quarrel'; readonly first: number; readonly second: number; readonly judge: number; readonly meter: number; readonly anew: boolean }
  | { readonly do: 'line'; readonly desk: number; readonly state: LineState }
  /** Time passes for everybody; what is due happens. */
  | { readonly do: 'wait'; readonly seconds: number }
  /** The clock of one desk is set. */
  | { readonly do: 'clock'; readonly desk: number; readonly hours: number }
  | { readonly do: 'crash'; readonly desk: number; readonly at: CrashPlace; readonly nth: number }
  /** Killed where it stands, and started again. `wal`: the write-ahead log is lost with it. */
  | { readonly do: 'kill'; readonly desk: number; readonly wal: boolean }
  | { readonly do: 'copy'; readonly desk: number }
  /** The copy made before is put back: of the database only, or of the whole folder. */
  | { readonly do: 'old copy'; readonly desk: number; readonly whole: boolean }
  | { readonly do: 'switch'; readonly desk: number; readonly person: number }
  | { readonly do: 'restart hub' }
  | { readonly do: 'backup hub' }
  | { readonly do: 'restore hub' }
  | { readonly do: 'prune' }
  | { readonly do: 'revoke'; readonly desk: number }
  | { readonly do: 'person'; readonly person: number; readonly role: 'agent' | 'supervisor' | null }
  | { readonly do: 'move customer' }
  | { readonly do: 'move office'; readonly office: number }
  | { readonly do: 'move desk'; readonly desk: number; readonly office: number }
  | { readonly do: 'erase'; readonly customer: number }
  /** A hub of a newer version adds what desks do not know yet. */
  | { readonly do: 'newer hub'; readonly customer: number }
  | { readonly do: 'bad operation'; readonly desk: number; readonly how: 'unknown kind' | 'newer version' | 'invalid input' | 'nul' | 'lone surrogate' | 'long' }
  | { readonly do: 'compare'; readonly desk: number }
  /** A row is changed behind the desk's back, as a fault of ours would. */
  | { readonly do: 'damage'; readonly desk: number }
  /** Nobody reaches anybody for a while. */
  | { readonly do: 'outage' }
  /** The next push gets no answer, and its connection stands. */
  | { readonly do: 'hang'; readonly desk: number }
export type Script = { readonly seed: number; readonly desks: number; readonly steps: readonly Step[] }

type Maker = readonly [step: Step['do'], weight: number, make: (random: Random, desk: () => number) => Step]

const makers: readonly Maker[] = [
  ['open', 7, (r, desk) => ({ do: 'open', desk: desk(), customer: r.integer(4), type: r.integer(3) })],
  ['step', 16, (r, desk) => ({ do: 'step', desk: desk(), ticket: r.integer(6), step: r.pick(ticketSteps) })],
  ['read', 6, (r, desk) => ({ do: 'read', desk: desk(), meter: r.integer(2), value: r.integer(3) })],
  ['unread', 2, (r, desk) => ({ do: 'unread', desk: desk(), nth: r.integer(4) })],
  ['settle', 2, (r, desk) => ({ do: 'settle', desk: desk(), nth: r.integer(4) })],
  ['replace', 2, (r, desk) => ({ do: 'replace', desk: desk(), nth: r.integer(4), value: r.integer(3) })],
  ['contact', 6, (r, desk) => ({ do: 'contact', desk: desk(), customer: r.integer(2), field: r.integer(2), value: r.integer(4) })],
  ['conflict', 3, (r, desk) => ({ do: 'conflict', desk: desk(), nth: r.integer(3), restore: r.chance(0.5) })],
  ['identity', 2, (r, desk) => ({ do: 'identity', desk: desk(), customer: r.integer(2), value: r.integer(3) })],
  ['link', 3, (r, desk) => ({ do: 'link', desk: desk(), customer: r.integer(4), service: r.integer(4) })],
  ['unlink', 2, (r, desk) => ({ do: 'unlink', desk: desk(), nth: r.integer(3) })],
  ['go', 12, (r, desk) => ({ do: 'go', desk: desk(), fault: r.chance(0.35) ? 'none' : r.pick(lineFaults) })],
  ['run', 16, (_r, desk) => ({ do: 'run', desk: desk() })],
  ['race', 5, (r, desk) => ({ do: 'race', first: desk(), second: desk(), third: desk(), held: r.chance(0.6) ? 'audit' : 'commit' })],
  ['quarrel', 3, (r, desk) => ({ do: 'quarrel', first: desk(), second: desk(), judge: desk(), meter: r.integer(2), anew: r.chance(0.5) })],
  ['line', 6, (r, desk) => ({ do: 'line', desk: desk(), state: r.pick(lineStates) })],
  ['wait', 6, (r) => ({ do: 'wait', seconds: r.pick([1, 20, 90, 600, 7200]) })],
  ['clock', 2, (r, desk) => ({ do: 'clock', desk: desk(), hours: r.pick([-1, 1, 87_600, -490_000, 12, 0]) })],
  ['crash', 6, (r, desk) => ({ do: 'crash', desk: desk(), at: r.pick(crashPlaces), nth: r.integer(2) })],
  ['kill', 3, (r, desk) => ({ do: 'kill', desk: desk(), wal: r.chance(0.4) })],
  ['copy', 2, (_r, desk) => ({ do: 'copy', desk: desk() })],
  ['old copy', 2, (r, desk) => ({ do: 'old copy', desk: desk(), whole: r.chance(0.5) })],
  ['switch', 1, (r, desk) => ({ do: 'switch', desk: desk(), person: r.integer(4) })],
  ['restart hub', 1, () => ({ do: 'restart hub' })],
  ['backup hub', 1, () => ({ do: 'backup hub' })],
  ['restore hub', 1, () => ({ do: 'restore hub' })],
  ['prune', 1, () => ({ do: 'prune' })],
  ['revoke', 0.5, (_r, desk) => ({ do: 'revoke', desk: desk() })],
  ['person', 1, (r) => ({ do: 'person', person: 1 + r.integer(3), role: r.pick(['agent', 'supervisor', null]) })],
  ['move customer', 1, () => ({ do: 'move customer' })],
  ['move office', 1, (r) => ({ do: 'move office', office: r.integer(3) })],
  ['move desk', 0.7, (r, desk) => ({ do: 'move desk', desk: desk(), office: r.integer(3) })],
  ['erase', 0.7, (r) => ({ do: 'erase', customer: r.integer(4) })],
  ['newer hub', 0.7, (r) => ({ do: 'newer hub', customer: r.integer(4) })],
  ['bad operation', 2, (r, desk) => ({ do: 'bad operation', desk: desk(), how: r.pick(['unknown kind', 'newer version', 'invalid input', 'nul', 'lone surrogate', 'long']) })],
  ['compare', 0.3, (_r, desk) => ({ do: 'compare', desk: desk() })],
  ['damage', 0.3, (_r, desk) => ({ do: 'damage', desk: desk() })],
  ['outage', 1, () => ({ do: 'outage' })],
  ['hang', 1, (_r, desk) => ({ do: 'hang', desk: desk() })],
]
/** A step that is asked for comes as often as all others together, divided by how many are asked for. */
function weighted(focus: readonly Step['do'][]): readonly Maker[] {
  const whole = makers.reduce((sum, [, weight]) => sum + weight, 0)
  return makers.map(([name, weight, make]) => [name, weight + (focus.filter((each) => each === name).length * whole) / Math.max(1, focus.length), make])
}

/** The script of a seed: always the same. Most histories are short, some are long. */
export function makeScript(seed: number, random: Random, focus: readonly Step['do'][] = []): Script {
  const desks = 3 + (random.chance(0.35) ? 1 : 0) + (random.chance(0.15) ? 1 : 0) + (random.chance(0.1) ? 1 : 0)
  const length = random.chance(0.05) ? 50 + random.integer(50) : 8 + random.integer(22)
  const from = weighted(focus)
  // Often the same desk goes on for a while: what one person does at one place belongs together.
  let last = 0
  const desk = () => (last = random.chance(0.4) ? last : random.integer(desks))
  return { seed, desks, steps: Array.from({ length }, () => pick(random, from)(random, desk)) }
}

function pick(random: Random, from: readonly Maker[]): Maker[2] {
  let at = (random.integer(1_000_000) / 1_000_000) * from.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [, weight, make] of from) {
    at -= weight
    if (at < 0) return make
  }
  return from[0]![2]
}

const faultSteps: ReadonlySet<Step['do']> = new Set(['race', 'line', 'clock', 'crash', 'kill', 'old copy', 'restart hub', 'restore hub', 'prune', 'revoke', 'person', 'move customer', 'move office', 'move desk', 'erase', 'newer hub', 'bad operation', 'damage', 'outage', 'hang'])
export const isFault = (step: Step): boolean => faultSteps.has(step.do) || (step.do === 'go' && step.fault !== 'none')
