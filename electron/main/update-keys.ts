import type { PinnedKey } from './policy/update-manifest.ts'

/**
 * Public halves of the keys that sign releases (`scripts/release/README.md`): two, so that one can be lost or put out of use
 * and the other still reaches every desk. Whoever releases puts them here; while the list is empty, no update is ever taken.
 */
export const pinnedUpdateKeys: readonly PinnedKey[] = []
