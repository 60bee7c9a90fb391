import { rendererFileType } from '../../hosts/renderer-files.ts'
import { isAppAddress } from './app-origin.ts'

/** Paths inside the built renderer, with `/` between folders; other kinds of file are not part of the desk. */
export type RendererManifest = ReadonlySet<string>

export function createManifest(paths: readonly string[]): RendererManifest {
  return new Set(paths.filter((path) => rendererFileType(path) !== undefined))
}

/**
 * The renderer file that an address of the desk stands for. The path must be in the manifest letter by letter, so there
 * is nothing to escape from; `null` for everything else.
 */
export function resolveAppUrl(address: string, manifest: RendererManifest): { readonly path: string; readonly type: string } | null {
  if (!isAppAddress(address)) return null
  const { pathname } = new URL(address)
  const path = pathname === '/' ? 'index.html' : pathname.slice(1)
  const type = rendererFileType(path)
  return type !== undefined && manifest.has(path) ? { path, type } : null
}
