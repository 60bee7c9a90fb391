import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
}

/** The media type of a file of the renderer; `undefined` for kinds that are not part of the desk, source maps among them. */
export function rendererFileType(path: string): string | undefined {
  const kind = /\.([a-z0-9]+)$/.exec(path)?.[1]
  return kind !== undefined && Object.hasOwn(types, kind) ? types[kind] : undefined
}

/** Paths inside the built renderer, with `/` between folders: the whole list of what a page may ask for. */
export function listRendererFiles(rendererDir: string): readonly string[] {
  return readdirSync(rendererDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && rendererFileType(entry.name) !== undefined)
    .map((entry) => relative(rendererDir, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
