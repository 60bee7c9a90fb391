import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { makeServerIdentity } from '../../support/self-signed.ts'

/** Leads nowhere outside the double. */
export const updateHost = 'updates.sportello.invalid'
export const updateAddress = `https://${updateHost}/desk/`

export type UpdateServer = {
  readonly port: number
  readonly certificate: string
  /** Names of files that were asked for, in order. */
  readonly asked: string[]
  readonly close: () => Promise<void>
}

/** Serves the files of a folder as a generic provider does: over TLS, from one address, without a list. */
export async function startUpdateServer(folder: string): Promise<UpdateServer> {
  const { key, certificate } = makeServerIdentity(updateHost)
  const asked: string[] = []
  const server = createServer({ key, cert: certificate }, ({ url = '' }, answer) => {
    const name = /^\/desk\/([\w.-]+)(?:\?.*)?$/.exec(url)?.[1] ?? ''
    asked.push(name)
    readFile(join(folder, name)).then(
      (bytes) => answer.writeHead(200, { 'content-length': bytes.length }).end(bytes),
      () => answer.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    certificate,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
