import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { z } from '../../shared/domain/schema.ts'
import { HubError, notFound } from '../server/errors.ts'
import type { HubModule } from '../server/parts.ts'
import { route } from '../server/route.ts'
import type { Answer } from '../server/route.ts'
import { byteRange } from './byte-range.ts'
import { fileName, isEntrance, isOffered, openFile } from './update-files.ts'
import type { OpenFile } from './update-files.ts'

/** Of the hub's data directory: what `npm run package` has made, put there by the operator. */
export const updatesFolder = 'updates'
/** Files on their way at once; further desks are asked to come back. */
const openAtMost = 40

/**
 * The desk's own updates. No proof is asked: a desk that cannot sign in any more must still be able to mend itself, and what is here is
 * checked by the desk, not believed (docs/decisions/0022).
 */
export const updatesModule: HubModule = (hub) => {
  const folder = join(hub.config.dataDir, updatesFolder)
  let open = 0
  return {
    name: 'updates',
    routes: [
      route({
        method: 'GET', path: '/updates/:name', access: 'anyone', roles: null,
        params: z.strictObject({ name: z.string().regex(fileName) }),
        // The updater's way around caches.
        query: z.strictObject({ noCache: z.string().max(40).optional() }),
        body: null, bodyLimit: 0, rate: 'download', summary: 'A file of the newest desk', answer: 'application/octet-stream',
        handle: async ({ params: { name }, headers, signal }) => {
          if (open >= openAtMost) throw new HubError(503, 'busy', undefined, 30)
          open += 1
          let kept = false
          try {
            const file = (await isOffered(folder, name)) ? await openFile(folder, name) : null
            if (!file) throw notFound()
            const answer = await answerOf(file, name, headers)
            if (answer.content === null || typeof answer.content === 'string' || Buffer.isBuffer(answer.content)) return answer
            kept = true
            const stream = answer.content
            stream.once('close', () => (open -= 1))
            signal.addEventListener('abort', () => stream.destroy(), { once: true })
            return answer
          } finally {
            if (!kept) open -= 1
          }
        },
      }),
    ],
  }
}

async function answerOf(file: OpenFile, name: string, headers: IncomingHttpHeaders): Promise<Answer> {
  const { handle, size, etag, modified } = file
  const common = { etag, 'last-modified': modified.toUTCString(), 'accept-ranges': 'bytes', 'cache-control': isEntrance(name) ? 'no-cache' : 'public, max-age=3600' }
  const type = name.endsWith('.yml') ? 'text/yaml; charset=utf-8' : 'application/octet-stream'
  const without = async (status: number, more: Record<string, string> = {}): Promise<Answer> => {
    await handle.close()
    return { status, headers: { ...common, ...more }, type: null, content: null }
  }
  if (headers['if-none-match']?.split(/, */).some((given) => given === '*' || given.replace(/^W\//, '') === etag) === true) return without(304)
  const same = headers['if-range'] === undefined || headers['if-range'] === etag
  const range = same ? byteRange(headers.range, size) : null
  if (range === 'unsatisfiable') return without(416, { 'content-range': `bytes */${size}` })
  if (size === 0) return without(200, { 'content-length': '0' })
  const { start, end } = range ?? { start: 0, end: size - 1 }
  const part = range === null ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }
  return { status: range === null ? 200 : 206, headers: { ...common, ...part, 'content-length': String(end - start + 1) }, type, content: handle.createReadStream({ start, end }) }
}
