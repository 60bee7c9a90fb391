import type Electron from 'electron'
import { ask, redirectOf } from './network.ts'
import { KnownEvents, strict } from './strict.ts'

type RequestEvents = { response: [Electron.IncomingMessage]; redirect: [number, string, string, Record<string, string[]>]; error: [Error]; abort: []; close: []; finish: []; login: []; socket: []; aborted: [] }
type Used = Pick<Electron.ClientRequest, 'end' | 'abort'>

/** One request of `net.request`, as electron-updater makes it: nothing is sent along, and redirects are left to the asker. */
export function clientRequest(options: Electron.ClientRequestConstructorOptions | string): Electron.ClientRequest {
  if (typeof options === 'string') throw new Error('The double of net.request takes options only')
  const { protocol = 'http:', hostname = '', port, path = '/', method = 'GET', headers = {}, redirect = 'follow' } = options
  const url = new URL(path, `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`)
  // The last two are Node's, and never come in Electron either; electron-updater listens to both kinds.
  const events = new KnownEvents<RequestEvents>('ClientRequest', { response: 'said', redirect: 'said', error: 'said', abort: 'said', close: 'said', finish: 'said', login: 'silent', socket: 'silent', aborted: 'silent' })
  const sent = ask({ url, method, headers })
  let over = false
  const close = (): void => {
    if (!over) events.say('close')
    over = true
  }
  const fail = (error: Error): void => {
    if (over) return
    events.say('error', error)
    close()
  }
  const used: Used = {
    end: () => {
      if (sent === null) setImmediate(fail, new Error('net::ERR_NAME_NOT_RESOLVED'))
      else sent.end()
      return made
    },
    abort: () => {
      if (over) return
      sent?.destroy()
      events.say('abort')
      close()
    },
  }
  const made = strict('ClientRequest', Object.assign(events, used)) as unknown as Electron.ClientRequest
  sent?.on('error', fail)
  sent?.on('finish', () => events.say('finish'))
  sent?.on('close', close)
  sent?.on('response', (answer) => {
    const elsewhere = redirectOf(answer, url)
    if (elsewhere === null) return void events.say('response', answer as unknown as Electron.IncomingMessage)
    if (redirect === 'follow') throw new Error('The double of net.request follows no redirect')
    events.say('redirect', answer.statusCode ?? 0, method, elsewhere, {})
    used.abort()
  })
  return made
}
