/** Passwords at the hub: Argon2id in a bounded queue, because each hash takes tens of MiB and a flood of sign-ins must not take them all. */
import { hash, verify } from '@node-rs/argon2'
import { HubError } from '../server/errors.ts'

export type HashCost = { readonly memoryKiB: number; readonly passes: number }
/** OWASP: 46 MiB and one pass. */
export const hubHashCost: HashCost = { memoryKiB: 46 * 1024, passes: 1 }

const atOnce = 2
const waitingAtMost = 64

export type Passwords = {
  readonly hash: (password: string) => Promise<string>
  /** An account without a password, or none at all, takes as long as a wrong one. */
  readonly matches: (stored: string | null, password: string) => Promise<boolean>
}

export function createPasswords(cost: HashCost): Passwords {
  const inTurn = createQueue()
  // Argon2id is the default of the package.
  const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1 }
  let decoy: Promise<string> | null = null
  return {
    hash: (password) => inTurn(() => hash(password.normalize('NFKC'), options)),
    matches: (stored, password) =>
      inTurn(async () => {
        decoy ??= hash('nobody has this password', options)
        const right = await verify(stored ?? (await decoy), password.normalize('NFKC'))
        return right && stored !== null
      }),
  }
}

/** Runs a few at a time; beyond the waiting line it answers 503 at once. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) throw new HubError(503, 'busy', undefined, 5)
      // Whoever ends hands its place over, so nobody overtakes.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
