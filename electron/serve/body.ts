import type { IncomingMessage } from 'node:http'

/** As much as the core itself would read. */
export const longestBody = 1024 * 1024

export type Body = { readonly text: string } | 'too_long' | 'not_text' | 'hung_up'

/** The request's text; `too_long` beyond 1 MiB, `not_text` when it is not UTF-8, `hung_up` when the sender left. */
export function readBody(request: IncomingMessage): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > longestBody) return Promise.resolve('too_long')
  // Not `for await`: leaving that loop early would tear the connection down before the refusal is sent.
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let length = 0
    const collect = (part: Buffer) => {
      length += part.length
      parts.push(part)
      if (length <= longestBody) return
      request.off('data', collect)
      request.pause()
      resolve('too_long')
    }
    request.on('data', collect)
    request.on('end', () => resolve(decode(Buffer.concat(parts))))
    request.on('error', () => resolve('hung_up'))
    request.on('close', () => resolve('hung_up'))
  })
}

function decode(bytes: Buffer): Body {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return 'not_text'
  }
}
