/** What a history has shown to be wrong, by the kinds of the closing line. */
export const findingKinds = ['lostL', 'lostH', 'diverged', 'duplicated', 'leaked', 'stuck'] as const
export type FindingKind = (typeof findingKinds)[number]
export type Findings = {
  readonly add: (kind: FindingKind, what: string) => void
  readonly count: (kind: FindingKind) => number
  readonly all: () => readonly { readonly kind: FindingKind; readonly what: string }[]
}

export function createFindings(): Findings {
  const found: { kind: FindingKind; what: string }[] = []
  return {
    add: (kind, what) => {
      found.push({ kind, what })
    },
    count: (kind) => found.filter((each) => each.kind === kind).length,
    all: () => found,
  }
}
