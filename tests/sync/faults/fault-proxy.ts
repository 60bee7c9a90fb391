/**
 * A line between a desk and its hub that does what lines do: it cuts, holds, repeats, delays, answers in the hub's place. Bytes over real
 * sockets; what takes time takes the time of `pass`, so that nobody waits for a slow line.
 */
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { readAnswers, readRequests } from './http-bytes.ts'
import type { AnswerBytes, RequestBytes } from './http-bytes.ts'
import { createPipe } from './pipe.ts'
import type { LineTime } from './pipe.ts'

/** What becomes of one request. */
export type Fate =
  | 'pass'
  /** Its first bytes arrive, so much of the body, and then the connection breaks: by its end, or by a reset. */
  | { readonly torn: number; readonly by: 'end' | 'reset' }
  /** Its first bytes arrive and no more; the connection stays. */
  | { readonly stalls: number }
  /** The hub has all of it, and its answer breaks off before its first byte, or so far in. */
  | { readonly answerTornAt: number }
  /** The hub gets the same bytes once more, over another connection: earlier, in the same moment, or when it has answered. */
  | { readonly again: 'before' | 'together' | 'after' }
  /** Arrives only when `release` is called, whether anybody still waits for it or not. */
  | 'late'
  /** Somebody else answers; the hub hears nothing. */
  | { readonly answered: Buffer }

export type Blocked = 'none' | 'to hub' | 'to desk' | 'both'
export type FaultProxy = {
  readonly address: string
  /** Every request as it is decided about, the oldest first. */
  readonly requests: RequestBytes[]
  /** Every whole answer of the hub, whether it arrived or not. */
  readonly answers: (AnswerBytes & { readonly to: RequestBytes })[]
  /** Of what the hub answers at all, also before it has heard a whole request. */
  readonly statuses: number[]
  readonly decide: (fate: (request: RequestBytes) => Fate) => void
  /** Bytes in that direction stay where they are. */
  readonly block: (blocked: Blocked) => void
  /** Bytes per second and direction, and how many milliseconds each is under way; of the time that `pass` makes. */
  readonly slow: (rate: number, delayMs: number) => void
  readonly pass: (milliseconds: number) => void
  /** Whether the hub has a whole request that it has not answered yet; those that stay open do not count. */
  readonly isOwed: () => boolean
  /** Lets the late ones go, the last one first. */
  readonly release: () => void
  /** Breaks every connection there is. */
  readonly drop: () => void
  /** From now on nobody gets through, or everybody again. */
  readonly refuse: (refuses: boolean) => void
  /** A hub that came back at another port. */
  readonly leadTo: (url: string) => void
  /** A line as it should be; what was held on broken connections stays lost. */
  readonly heal: () => void
  readonly close: () => Promise<void>
}

export async function openFaultProxy(hubUrl: string): Promise<FaultProxy> {
  let target = new URL(hubUrl)
  let decide: (request: RequestBytes) => Fate = () => 'pass'
  let refuses = false
  const sockets = new Set<Socket>()
  const owing = new Set<() => boolean>()
  const requests: RequestBytes[] = []
  const answers: (AnswerBytes & { readonly to: RequestBytes })[] = []
  const statuses: number[] = []
  let late: (() => void)[] = []
  const time: LineTime = { now: 0, rate: Infinity, delayMs: 0, blocked: 'none', pipes: new Set() }
  const flow = () => {
    for (const pipe of time.pipes) pipe.flow()
  }

  const kept = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.setNoDelay(true)
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  }
  const toHub = () => kept(connect(Number(target.port), target.hostname))

  /** Sends a copy over a connection of its own; resolves when the hub has answered it. */
  function sendCopy(request: RequestBytes): Promise<void> {
    return new Promise((resolve) => {
      const hub = toHub()
      const read = readAnswers((answer) => {
        answers.push({ ...answer, to: request })
        hub.destroy()
      })
      hub.on('data', read).on('close', () => resolve())
      hub.write(request.bytes)
    })
  }

  const server = createServer((desk) => {
    kept(desk)
    if (refuses) return void desk.resetAndDestroy()
    const hub = toHub()
    const up = createPipe(time, 'to hub', hub)
    const down = createPipe(time, 'to desk', desk)
    const asked: { readonly request: RequestBytes; readonly fate: Fate }[] = []
    /** Bytes of the answer under way that were handed on, and how many may be. */
    let passed = 0
    const owes = () => asked.some(({ request }) => request.path !== '/v1/events') && up.isEmpty()
    owing.add(owes)
    desk.on('close', () => up.end())
    hub.on('close', () => {
      owing.delete(owes)
      down.end()
    })

    function send(request: RequestBytes, fate: Fate): void {
      asked.push({ request, fate })
      up.push(request.bytes)
    }
    desk.on('data', readRequests((request) => {
      requests.push(request)
      const fate = decide(request)
      if (fate === 'pass' || (typeof fate === 'object' && 'answerTornAt' in fate)) return send(request, fate)
      if (fate === 'late') return void late.push(() => void sendCopy(request))
      if ('answered' in fate) return void desk.end(fate.answered)
      if ('stalls' in fate) return void up.push(request.bytes.subarray(0, request.bodyAt + fate.stalls))
      if ('torn' in fate) {
        hub.write(request.bytes.subarray(0, request.bodyAt + fate.torn), () => {
          if (fate.by === 'reset') hub.resetAndDestroy()
          else hub.end()
          desk.destroy()
        })
        return
      }
      if (fate.again === 'before') return void sendCopy(request).then(() => send(request, fate))
      send(request, fate)
      if (fate.again === 'together') void sendCopy(request)
    }))

    const readAnswer = readAnswers((answer) => {
      statuses.push(answer.status)
      const done = asked.shift()
      passed = 0
      if (!done) return
      answers.push({ ...answer, to: done.request })
      if (typeof done.fate !== 'object') return
      if ('answerTornAt' in done.fate) desk.destroy()
      if ('again' in done.fate && done.fate.again === 'after') void sendCopy(done.request)
    })
    hub.on('data', (bytes: Buffer) => {
      const fate = asked[0]?.fate
      const room = typeof fate === 'object' && 'answerTornAt' in fate ? Math.max(0, fate.answerTornAt - passed) : Infinity
      passed += bytes.length
      if (room > 0) down.push(room >= bytes.length ? bytes : bytes.subarray(0, room))
      readAnswer(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  const release = () => {
    for (const go of late.splice(0).toReversed()) go()
  }

  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answers,
    statuses,
    decide: (fate) => void (decide = fate),
    block: (blocked) => {
      time.blocked = blocked
      flow()
    },
    slow: (rate, delayMs) => Object.assign(time, { rate, delayMs }),
    pass: (milliseconds) => {
      time.now += milliseconds
      for (const pipe of time.pipes) pipe.allow((time.rate * milliseconds) / 1000)
      flow()
    },
    isOwed: () => [...owing].some((owes) => owes()),
    release,
    drop,
    refuse: (next) => void (refuses = next),
    leadTo: (url) => void (target = new URL(url)),
    heal: () => {
      decide = () => 'pass'
      refuses = false
      late = []
      Object.assign(time, { rate: Infinity, delayMs: 0, blocked: 'none' })
      flow()
    },
    close: () => {
      drop()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
