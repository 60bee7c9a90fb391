import type { Page } from '@playwright/test'
import { startHost } from './host.ts'

/** What stands behind the page of a test: each is the same desk, reached in another way. */
export type DeskHost = {
  /** Brings the page to the desk, or back to its first address. */
  readonly open: () => Promise<void>
  /** Where the page finds the desk. */
  readonly address: () => string
  /** A page of a further client: another browser, or another window. */
  readonly another: () => Promise<Page>
  /** Holds every call of this name until the answer is called; that ends when the page has its reply. */
  readonly hold: (call: string) => Promise<() => Promise<void>>
  /** Ends the desk as a power cut would. */
  readonly kill: () => Promise<void>
  /** Kills the desk where it still runs, and starts it again. */
  readonly restart: () => Promise<void>
  /** Ends the desk as it should end, and answers what went wrong in it. */
  readonly close: () => Promise<readonly string[]>
}

type ServeParts = { readonly page: Page; readonly dataDir: string; readonly locale: string }

/** The loopback host, in a process of its own. */
export async function openServeHost({ page, dataDir, locale }: ServeParts): Promise<DeskHost> {
  let host = await startHost(dataDir)
  const others: Page[] = []
  const kill = () => host.stop('SIGKILL')
  return {
    open: async () => void (await page.goto(host.address)),
    address: () => host.address,
    another: async () => {
      const context = await page.context().browser()?.newContext({ locale })
      const other = await context?.newPage()
      if (!other) throw new Error('no browser for a second client')
      others.push(other)
      await other.goto(host.address)
      return other
    },
    hold: async (call) => {
      const held = Promise.withResolvers<string>()
      const named = `"${call}"`
      await page.route('**/call', async (route) => {
        if (route.request().postData()?.includes(named) === true) await held.promise
        await route.continue()
      })
      return async () => {
        const answered = page.waitForResponse((response) => response.request().postData()?.includes(named) === true)
        held.resolve('now')
        await answered
      }
    },
    kill,
    restart: async () => {
      await kill()
      host = await startHost(dataDir, host.port)
    },
    close: async () => {
      for (const other of others) await other.context().close()
      await host.stop('SIGTERM')
      return []
    },
  }
}
