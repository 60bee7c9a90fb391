import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A file's own name: no folder, no parent, nothing hidden. The same grammar as the desk's for its manifest. */
export const fileName = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,120}$/
/** What desks ask first: the updater's channels, and the manifest that is signed a second time (docs/decisions/0022). */
const entrance = /^(latest(-[a-z0-9-]{1,30})?\.yml|sportello-update\.signed)$/
const longestChannel = 256 * 1024

export const isEntrance = (name: string): boolean => entrance.test(name)

/** Whether the folder offers a file of this name: an entrance, one that a channel names, or the block map of such a one. Nothing else that lies there. */
export async function isOffered(folder: string, name: string): Promise<boolean> {
  if (!fileName.test(name)) return false
  if (isEntrance(name)) return true
  const there = await readdir(folder).catch(() => [])
  for (const channel of there.filter((each) => each.endsWith('.yml') && isEntrance(each))) {
    const named = namedBy(await readFile(join(folder, channel), 'utf8').catch(() => ''))
    if (named.has(name) || (name.endsWith('.blockmap') && named.has(name.slice(0, -'.blockmap'.length)))) return true
  }
  return false
}

/** The `url` and `path` entries, which are all that is needed of electron-builder's YAML; those that name something elsewhere are none. */
function namedBy(channel: string): ReadonlySet<string> {
  const lines = channel.slice(0, longestChannel).matchAll(/^[ \t]*(?:- )?(?:url|path): *(?:'([^'\r\n]*)'|"([^"\r\n]*)"|([^\r\n#]*?)) *$/gm)
  return new Set([...lines].map(([, single, double, plain]) => single ?? double ?? plain ?? '').filter((name) => fileName.test(name)))
}

export type OpenFile = { readonly handle: FileHandle; readonly size: number; readonly modified: Date; readonly etag: string }

/** Opens a regular file of the folder itself; `null` for one that is not there, a link, or something else. */
export async function openFile(folder: string, name: string): Promise<OpenFile | null> {
  // Windows has no O_NOFOLLOW; a link in the operator's own folder is the operator's.
  const handle = await open(join(folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch(() => null)
  if (!handle) return null
  const stat = await handle.stat()
  if (stat.isFile()) return { handle, size: stat.size, modified: stat.mtime, etag: `"${stat.mtimeMs.toString(36).replace('.', '-')}-${stat.size.toString(36)}"` }
  await handle.close()
  return null
}
