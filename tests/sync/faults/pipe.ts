/** One direction of one connection through the fault proxy: bytes wait here for their turn. */
import type { Socket } from 'node:net'
import type { Blocked } from './fault-proxy.ts'

export type LineTime = { now: number; rate: number; delayMs: number; blocked: Blocked; readonly pipes: Set<Pipe> }
export type Pipe = {
  readonly push: (bytes: Buffer) => void
  /** The other side has ended: so does this one, behind its last byte. */
  readonly end: () => void
  readonly isEmpty: () => boolean
  readonly allow: (bytes: number) => void
  readonly flow: () => void
}

export function createPipe(time: LineTime, direction: 'to hub' | 'to desk', to: Socket): Pipe {
  let waiting: { bytes: Buffer; readonly at: number }[] = []
  let allowed = 0
  let ended = false
  const pipe: Pipe = {
    push: (bytes) => {
      waiting.push({ bytes, at: time.now + time.delayMs })
      pipe.flow()
    },
    end: () => {
      ended = true
      pipe.flow()
    },
    isEmpty: () => waiting.length === 0,
    allow: (bytes) => {
      allowed = waiting.length === 0 ? 0 : allowed + bytes
    },
    flow: () => {
      while (time.blocked !== direction && time.blocked !== 'both') {
        const first = waiting[0]
        if (!first || first.at > time.now) break
        const most = time.rate === Infinity ? first.bytes.length : Math.floor(allowed)
        if (most <= 0) break
        to.write(first.bytes.subarray(0, most))
        if (time.rate !== Infinity) allowed -= Math.min(most, first.bytes.length)
        if (most >= first.bytes.length) waiting.shift()
        else first.bytes = first.bytes.subarray(most)
      }
      if (ended && waiting.length === 0) to.end()
    },
  }
  time.pipes.add(pipe)
  to.on('close', () => {
    waiting = []
    time.pipes.delete(pipe)
  })
  return pipe
}
