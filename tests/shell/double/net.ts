import type Electron from 'electron'
import { buffer } from 'node:stream/consumers'
import { clientRequest } from './client-request.ts'
import { ask, redirectOf } from './network.ts'
import { machine } from './settings.ts'
import { strict } from './strict.ts'

/** The test sees what was asked of a network, and says which names lead somewhere: without any, there is none. */
export const net = strict('net', {
  fetch: async (input, init = {}) => {
    const url = new URL(typeof input === 'string' ? input : input.url)
    if (init.redirect !== 'error') throw new Error('The double of net.fetch follows no redirect')
    const answer = await answerTo(url)
    if (redirectOf(answer, url) !== null) throw new Error('net::ERR_UNEXPECTED_REDIRECT')
    return new Response(new Uint8Array(await buffer(answer)), { status: answer.statusCode ?? 0 })
  },
  request: clientRequest,
  isOnline: () => machine.servers.length > 0,
} satisfies Pick<Electron.Net, 'fetch' | 'request' | 'isOnline'>)

type Answer = Parameters<typeof redirectOf>[0]

function answerTo(url: URL): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = ask({ url, method: 'GET', headers: {} })
    if (sent === null) return reject(new Error(machine.servers.length > 0 ? 'net::ERR_NAME_NOT_RESOLVED' : 'net::ERR_INTERNET_DISCONNECTED'))
    sent.on('response', resolve)
    sent.on('error', reject)
    sent.end()
  })
}
