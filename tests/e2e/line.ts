import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A line between a desk and its hub that can be cut, and mended. */
export type Line = {
  readonly address: string
  /** From now on nothing gets through, what is on its way included. */
  readonly cut: () => void
  readonly mend: () => void
  readonly close: () => Promise<void>
}

export async function openLine(to: string): Promise<Line> {
  const target = new URL(to)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((desk) => {
    if (isCut) return void desk.destroy()
    const hub = connect(Number(target.port), target.hostname)
    for (const [one, other] of [[desk, hub], [hub, desk]] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
    desk.pipe(hub)
    hub.pipe(desk)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const drop = (): void => {
    for (const socket of open) socket.destroy()
  }
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      drop()
    },
    mend: () => void (isCut = false),
    close: () => {
      drop()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
