import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

/** There is no built renderer to serve. */
export class RendererMissingError extends Error {
  override readonly name = 'RendererMissingError'
}

export type RendererFile = { readonly type: string; readonly body: Buffer }

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

/**
 * Reads the built renderer once: the answer is the whole list of what may be asked for, by exact path, so there is no
 * path to escape from. Files of other kinds are left out. Throws `RendererMissingError`.
 */
export function readRendererFiles(rendererDir: string): ReadonlyMap<string, RendererFile> {
  if (!existsSync(join(rendererDir, 'index.html'))) throw new RendererMissingError('the renderer is not built')
  const files = new Map<string, RendererFile>()
  for (const entry of readdirSync(rendererDir, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    files.set(`/${relative(rendererDir, path).split(sep).join('/')}`, { type, body: readFileSync(path) })
  }
  const page = files.get('/index.html')
  return page ? files.set('/', page) : files
}
