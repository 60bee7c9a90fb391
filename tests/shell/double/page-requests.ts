/** Answers every request of a page: from the application's own protocol, or not at all. Nothing reaches a network. */
import { fromBrowser } from './addresses.ts'
import type { Cdp } from './cdp.ts'
import { tell } from './link.ts'
import { answerOf, schemes } from './protocol.ts'

/** Whether a document may be navigated to: asked for what the page wants itself, not for what the application loads. */
type MayNavigate = (address: string, mainFrame: boolean) => boolean

/** @param redirected says that the application's answer leads elsewhere; `false` denies */
export async function answerRequests(page: Cdp, mainFrame: string, mayNavigate: MayNavigate, redirected: (address: string) => boolean): Promise<void> {
  page.on('Fetch.requestPaused', (paused) => {
    const { requestId, request, resourceType, frameId } = paused
    const address = fromBrowser(request.url, schemes)
    const ours = schemes.has(URL.parse(address)?.protocol.slice(0, -1) ?? '')
    const fail = (errorReason: 'Aborted' | 'BlockedByClient') => void page.send('Fetch.failRequest', { requestId, errorReason })
    if (resourceType === 'Document' && !mayNavigate(address, frameId === mainFrame)) return fail('Aborted')
    if (!ours) {
      tell({ note: 'network', address })
      return fail('BlockedByClient')
    }
    const init = { method: request.method, headers: request.headers as Record<string, string>, ...(request.postData === undefined ? {} : { body: request.postData }) }
    answered(address, init, resourceType === 'Document' ? redirected : () => true).then(
      (response) => (response === null ? fail('Aborted') : void fulfil(page, requestId, response)),
      () => fail('BlockedByClient'),
    )
  })
  await page.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] })
}

async function answered(address: string, init: RequestInit, redirected: (address: string) => boolean): Promise<Response | null> {
  const response = await answerOf(address, init)
  const to = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
  if (to === null) return response
  const next = new URL(to, address).href
  return redirected(next) ? answered(next, init, redirected) : null
}

async function fulfil(page: Cdp, requestId: string, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer()).toString('base64')
  const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }))
  await page.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body }).catch(() => undefined)
}
