/** Browsers that came in through an entry address, each known by a secret cookie. */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'

/** The address handed to a browser on the command line stands in the process list: it works once, and not for long. */
const passSeconds = 60

export type Clients = {
  /** Opens the desk as often as wanted while this process lives: for the address that is printed. */
  readonly entryToken: string
  /** Opens the desk once within a minute: for the address that is handed to another program. */
  issuePass: () => string
  /** The cookie to set for a good token, or `null`. A browser that is already known keeps its cookie. */
  admit: (token: string, cookies: string | undefined) => string | null
  /** Which client sent this cookie header; `null` for a stranger. */
  identify: (cookies: string | undefined) => string | null
}

/** @param port part of the cookie's name, because a browser shares cookies between all ports of a host */
export function createClients(port: number, now: () => number): Clients {
  const cookieName = `sportello-${port}`
  const entryToken = secret()
  const entryDigest = digest(entryToken)
  const passes = new Map<string, number>()
  // Digests as keys: looking a secret up by itself would compare it character by character.
  const clientOf = new Map<string, string>()

  const identify = (cookies: string | undefined): string | null => {
    const value = readCookie(cookies, cookieName)
    return value === null ? null : (clientOf.get(digest(value).toString('hex')) ?? null)
  }
  const isGood = (token: string): boolean => {
    const given = digest(token)
    if (timingSafeEqual(given, entryDigest)) return true
    const key = given.toString('hex')
    const until = passes.get(key)
    passes.delete(key)
    return until !== undefined && now() < until
  }

  return {
    entryToken,
    issuePass: () => {
      const pass = secret()
      passes.set(digest(pass).toString('hex'), now() + passSeconds * 1000)
      return pass
    },
    admit: (token, cookies) => {
      if (!isGood(token)) return null
      const known = identify(cookies) === null ? null : readCookie(cookies, cookieName)
      const value = known ?? secret()
      if (known === null) clientOf.set(digest(value).toString('hex'), randomUUID())
      return `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict`
    },
    identify,
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value) return value
  }
  return null
}
