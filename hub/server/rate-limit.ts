import { HubError } from './errors.ts'
import type { RateLimit } from './rate-classes.ts'

type Bucket = { tokens: number; at: number }
const bucketsKept = 50_000

export type RateLimiter = { readonly take: (name: string, limit: RateLimit, key: string, now: number) => void }

/** Token buckets of this process; several hubs side by side allow as many times more. Throws 429 with the seconds to wait. */
export function createRateLimiter(refused: (name: string) => void): RateLimiter {
  const buckets = new Map<string, Bucket>()
  return {
    take: (name, { burst, perSecond }, key, now) => {
      const id = `${name} ${key}`
      const known = buckets.get(id)
      const elapsed = known ? Math.max(0, now - known.at) / 1000 : 0
      const tokens = known ? Math.min(burst, known.tokens + elapsed * perSecond) : burst
      // Taken out and put back: the map stays in the order of use, and the longest unused goes first.
      buckets.delete(id)
      buckets.set(id, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
      if (buckets.size > bucketsKept) {
        const [oldest] = buckets.keys()
        if (oldest !== undefined) buckets.delete(oldest)
      }
      if (tokens >= 1) return
      refused(name)
      throw new HubError(429, 'too_many_requests', undefined, Math.ceil((1 - tokens) / perSecond))
    },
  }
}
