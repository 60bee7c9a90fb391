/** How a file can be looked at within the desk; `null`: it has to be saved and opened with another program. */
export type Viewing = 'image' | 'text' | null

const images: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
const texts: ReadonlySet<string> = new Set(['text/plain', 'text/csv', 'message/rfc822'])
/** More text than that nobody reads in a window. */
export const longestText = 200_000

/** Only what a page can draw without running anything: no markup, no scripts, no viewer of its own. */
export function viewingOf(mediaType: string): Viewing {
  if (images.has(mediaType)) return 'image'
  return texts.has(mediaType) ? 'text' : null
}
