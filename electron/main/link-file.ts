import { constants } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import { longestLinkFile } from '../../shared/contract/desk-link.ts'
import type { ShellAsk } from '../../shared/contract/shell.ts'
import { readLink } from './policy/deep-link.ts'
import { linkFilePath, readLinkFile } from './policy/link-file.ts'

/**
 * What a link file asks. Only a regular file is opened, and of it no more is read than a link file may have; everything else, and what
 * cannot be read, asks to say so. Rejects never.
 */
export async function openLinkFile(arg: string, platform: NodeJS.Platform): Promise<ShellAsk> {
  const path = linkFilePath(arg, platform)
  const bytes = path === null ? null : await readAtMost(path, longestLinkFile + 1).catch(() => null)
  const address = bytes === null ? null : readLinkFile(bytes)
  return address === null ? { do: 'badLinkFile' } : readLink(address)
}

/** The first bytes of a regular file; `null` when it is none. */
async function readAtMost(path: string, most: number): Promise<Uint8Array | null> {
  // A pipe would wait for a writer, and a symbolic link can lead to a server.
  if (!(await lstat(path)).isFile()) return null
  // Both flags are unknown on Windows, where they count as nothing.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    // What was looked at may have been exchanged since.
    if (!(await file.stat()).isFile()) return null
    const bytes = new Uint8Array(most)
    let length = 0
    while (length < most) {
      const { bytesRead } = await file.read(bytes, length, most - length, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return bytes.subarray(0, length)
  } finally {
    await file.close()
  }
}
