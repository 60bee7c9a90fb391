/** What must not be in a package, whatever the list of files says: seen by name, and by content. */

const forbiddenNames: readonly (readonly [RegExp, string])[] = [
  [/\.map$/, 'a source map'],
  [/(?:^|\/)\.env(?:\.|$)|\.env$/, 'an environment file'],
  [/(?:^|\/)\.[^/]+$/, 'a hidden file'],
  [/\.(?:pem|key|p12|pfx|p8|jks|keystore|asc|kdbx|cer|crt)$|(?:^|\/)id_(?:rsa|ed25519|ecdsa)/i, 'a key or certificate'],
  [/(?:^|\/)(?:tests?|__tests__|__mocks__|spec|fixtures?|testdata|examples?|demo)\/|\.(?:test|spec)\.[cm]?[jt]sx?$/i, 'a test or sample'],
  [/\.(?:[cm]?tsx?|vue|scss|tsbuildinfo)$/, 'a source'],
  [/\.(?:c|cc|cpp|h|hpp|gyp|gypi|o|a|obj|lib|pdb|mk)$|(?:^|\/)(?:Makefile|binding\.gyp)$/i, 'part of a build'],
  [/\.(?:db|sqlite3?|db-wal|db-shm|log|csv)$/i, 'data'],
]

const forbiddenTexts: readonly (readonly [RegExp, string])[] = [
  [/[#@] ?sourceMappingURL=(?!["'`$\\)+])\S/, 'a reference to a source map'],
  [/-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----[\s\\nr]*[A-Za-z0-9+/=]{16}/, 'a private key'],
  [/(?<![A-Za-z0-9])(?:ghp_[A-Za-z0-9]{36}|github_pat_\w{22,}|npm_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}|xox[bpars]-[\w-]{10,}|glpat-[\w-]{20,})(?![A-Za-z0-9])/, 'an access token'],
]

export function badName(path: string): string | null {
  return forbiddenNames.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

/** @param places absolute folders of the machine that packs: a path of it inside a bundle says who built it and where */
export function badText(content: string, places: readonly string[]): string | null {
  const found = forbiddenTexts.find(([pattern]) => pattern.test(content))
  if (found !== undefined) return found[1]
  return places.some((place) => place.length > 4 && content.includes(place)) ? 'a path of the machine that packed it' : null
}
