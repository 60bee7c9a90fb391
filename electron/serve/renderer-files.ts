import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listRendererFiles, rendererFileType } from '../hosts/renderer-files.ts'

/** There is no built renderer to serve. */
export class RendererMissingError extends Error {
  override readonly name = 'RendererMissingError'
}

export type RendererFile = { readonly type: string; readonly body: Buffer }

/**
 * Reads the built renderer once: the answer is the whole list of what may be asked for, by exact path, so there is no
 * path to escape from. Files of other kinds are left out. Throws `RendererMissingError`.
 */
export function readRendererFiles(rendererDir: string): ReadonlyMap<string, RendererFile> {
  if (!existsSync(join(rendererDir, 'index.html'))) throw new RendererMissingError('the renderer is not built')
  const files = new Map<string, RendererFile>()
  for (const path of listRendererFiles(rendererDir)) {
    const type = rendererFileType(path)
    if (type !== undefined) files.set(`/${path}`, { type, body: readFileSync(join(rendererDir, path)) })
  }
  const page = files.get('/index.html')
  return page ? files.set('/', page) : files
}
