import { extname } from 'node:path'
import type { SaveProblem } from '../../../shared/contract/shell.ts'

const byCode: Readonly<Record<string, SaveProblem>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EACCES: 'not_permitted',
  EPERM: 'not_permitted',
  EROFS: 'not_permitted',
  EBUSY: 'not_permitted',
  ETXTBSY: 'not_permitted',
  EISDIR: 'not_permitted',
  ENOENT: 'folder_gone',
  ENOTDIR: 'folder_gone',
  ENAMETOOLONG: 'name_too_long',
}

/** What to tell the person about a file that could not be written. */
export function saveProblemOf(error: unknown): SaveProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return Object.hasOwn(byCode, code) ? (byCode[code] ?? 'failed') : 'failed'
}

/** The chosen path with the extension that the file's kind has; a dialog may hand back a name without it. */
export function keepExtension(path: string, extension: string): string {
  return extension === '' || extname(path).toLowerCase() === `.${extension.toLowerCase()}` ? path : `${path}.${extension}`
}
