import type { HashCost } from '../identity/passwords.ts'

/** Everything the hub is told from outside, read once at the start by `read-config.ts`. */
export type HubConfig = {
  readonly hubName: string
  readonly version: string
  readonly production: boolean
  /** Loopback unless said otherwise: TLS is the proxy's. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** Addresses whose `X-Forwarded-For` is believed, exactly these. */
  readonly trustedProxies: readonly string[]
  /** Where the embedded database, the secrets and the key of the attachments live. */
  readonly dataDir: string
  /** For `/metrics` from another machine; without it only the loopback may ask. */
  readonly metricsToken: string | null
  /** One of the two; `devDir` gets one `.eml` file per message. */
  readonly mail: { readonly devDir: string | null; readonly smtpUrl: string | null; readonly from: string }
  readonly passwordCost: HashCost
  /** Requests at work at the same time, long answers left out; most of them wait for the batch they are carried out with. */
  readonly concurrency: number
  /** Pushes and sums in threads of their own, with the clock of the machine; off in tests that hold the clock or the database. */
  readonly threads: boolean
  /** Off only in tests of other things. */
  readonly rateLimits: boolean
}

/** `HubConfig.concurrency` of a hub in production: five hundred pushes a second that take a second each are all let in. */
export const usualConcurrency = 600
