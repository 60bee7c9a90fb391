import { isLink } from './deep-link.ts'
import { isLinkFilePath } from './link-file.ts'

/** What the desk is started again with; `execPath` only where it is not the running program. */
export type Restart = { readonly args: string[]; readonly execPath?: string }

const unpack = '--appimage-extract-and-run'

/**
 * As the desk was started, but without a link or link file: it was followed then, and names a caller for everybody who lists processes.
 *
 * @param args the command line without the program
 * @param appImage file of the running AppImage. Its program lies in a folder that goes away with this process, so that the file itself is
 *   started, unpacked: mounting it can fail while the old one is being taken down
 */
export function restartWith(args: readonly string[], appImage: string | undefined): Restart {
  const kept = args.filter((arg) => !isLink(arg) && !isLinkFilePath(arg) && arg !== unpack)
  return appImage === undefined || appImage === '' ? { args: kept } : { args: [unpack, ...kept], execPath: appImage }
}
