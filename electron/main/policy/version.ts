/** Versions as `package.json` writes them, `1.4.0` or `1.4.0-beta.2` (semver without build data). */
export type Version = { readonly numbers: readonly [number, number, number]; readonly pre: readonly string[] }

const grammar = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})(?:-([0-9A-Za-z]{1,12}(?:\.[0-9A-Za-z]{1,12}){0,3}))?$/

/** `null` for everything else. */
export function parseVersion(text: string): Version | null {
  const found = grammar.exec(text)
  if (found === null) return null
  return { numbers: [Number(found[1]), Number(found[2]), Number(found[3])], pre: found[4]?.split('.') ?? [] }
}

/** Below 0 when `a` is older, above 0 when it is newer, 0 for the same; by the rules of semver 2.0, section 11. */
export function compareVersions(a: Version, b: Version): number {
  for (const at of [0, 1, 2] as const) if (a.numbers[at] !== b.numbers[at]) return a.numbers[at] - b.numbers[at]
  // A version before the release is older than the release.
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length
  for (let at = 0; at < Math.max(a.pre.length, b.pre.length); at++) {
    const difference = comparePart(a.pre[at], b.pre[at])
    if (difference !== 0) return difference
  }
  return 0
}

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (left && right) return Number(a) - Number(b)
  if (left !== right) return left ? -1 : 1
  return a === b ? 0 : a < b ? -1 : 1
}
