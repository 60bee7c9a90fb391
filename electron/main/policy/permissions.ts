import { isAppAddress } from './app-origin.ts'

/** Copying a code or a number out of the desk; nothing else is ever asked of the system. */
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/**
 * Whether a page gets a permission.
 *
 * @param topAddress address of the window's top frame: the origin that Electron names for the request itself can be
 *   wrong inside frames (CVE-2026-34777)
 */
export function decidePermission(permission: string, topAddress: string | undefined): boolean {
  return topAddress !== undefined && isAppAddress(topAddress) && allowed.has(permission)
}
