/** Finds where requests and answers begin and end in what comes over a connection. */

export type RequestBytes = { readonly method: string; readonly path: string; readonly bytes: Buffer; /** Where the body begins. */ readonly bodyAt: number }
export type AnswerBytes = { readonly status: number; readonly bytes: Buffer }

const headEnd = Buffer.from('\r\n\r\n')
const lastChunk = Buffer.from('\r\n0\r\n\r\n')

/** Each request when its last byte is there. Desks say how long their bodies are. */
export function readRequests(onRequest: (request: RequestBytes) => void): (bytes: Buffer) => void {
  return split((bytes) => {
    const at = bytes.indexOf(headEnd)
    if (at < 0) return null
    const bodyAt = at + headEnd.length
    const head = bytes.toString('latin1', 0, at)
    const end = bodyAt + lengthIn(head, 0)
    if (bytes.length < end) return null
    const [method = '', path = ''] = head.split(' ')
    return { end, tell: () => onRequest({ method, path, bytes: bytes.subarray(0, end), bodyAt }) }
  })
}

/** Each answer when its last byte is there; a stream of events never is. */
export function readAnswers(onAnswer: (answer: AnswerBytes) => void): (bytes: Buffer) => void {
  return split((bytes) => {
    const at = bytes.indexOf(headEnd)
    if (at < 0) return null
    const head = bytes.toString('latin1', 0, at)
    const end = /transfer-encoding: chunked/i.test(head) ? endOfChunks(bytes, at) : at + headEnd.length + lengthIn(head, 0)
    if (end === null || bytes.length < end) return null
    return { end, tell: () => onAnswer({ status: Number(head.slice(9, 12)), bytes: Buffer.from(bytes.subarray(0, end)) }) }
  })
}

function endOfChunks(bytes: Buffer, from: number): number | null {
  const at = bytes.indexOf(lastChunk, from)
  return at < 0 ? null : at + lastChunk.length
}

function split(next: (bytes: Buffer) => { readonly end: number; readonly tell: () => void } | null): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    for (let found = next(rest); found !== null; found = next(rest)) {
      found.tell()
      rest = rest.subarray(found.end)
    }
  }
}

function lengthIn(head: string, otherwise: number): number {
  const said = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  return said === undefined ? otherwise : Number(said)
}
