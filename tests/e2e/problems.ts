import type { Page } from '@playwright/test'

/** What no page of the desk may do: throw, write an error to the console, break its content security policy. */
export type Problems = {
  readonly seen: () => readonly string[]
  /** The network may fail in this test: the host is to be killed. */
  readonly allowNetworkErrors: () => void
}

type Violation = { readonly directive: string; readonly blocked: string }

export async function watchProblems(page: Page): Promise<Problems> {
  const seen: string[] = []
  const ofNetwork: string[] = []
  let networkMayFail = false
  // A part of the page that was still on its way when the host went is of the network too.
  page.on('pageerror', ({ message }) => (message.startsWith('Failed to fetch dynamically imported module') ? ofNetwork : seen).push(`page error: ${message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const text = message.text()
    const said = `console ${message.type()}: ${text}`
    if (text.includes('net::ERR_') || text.startsWith('Failed to load resource')) ofNetwork.push(said)
    else seen.push(said)
  })
  await page.exposeFunction('tellViolation', ({ directive, blocked }: Violation) => void seen.push(`policy: ${directive} blocked ${blocked}`))
  await page.addInitScript(() => {
    const { tellViolation } = window as unknown as { readonly tellViolation: (violation: Violation) => Promise<void> }
    document.addEventListener('securitypolicyviolation', (event) => void tellViolation({ directive: event.effectiveDirective, blocked: event.blockedURI }))
  })
  return {
    // Judged at the end: a page may complain a moment before its host is known to be gone.
    seen: () => (networkMayFail ? seen : [...seen, ...ofNetwork]),
    allowNetworkErrors: () => {
      networkMayFail = true
    },
  }
}
