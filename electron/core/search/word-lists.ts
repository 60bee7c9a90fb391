/** Small words inside surnames, towns and streets: people leave them out, join them or write them apart. Folded. */
const particles = new Set([
  'd', 'de', 'di', 'da', 'del', 'dei', 'degli', 'della', 'delle', 'dello', 'dell', 'dal', 'dalla', 'dalle', 'dai', 'dall', 'l', 'la',
  'le', 'li', 'lo', 'il', 'i', 'gli', 'in', 'al', 'alla', 'ai', 'e', 'ed', 'a', 'su', 'sul', 'sull', 'nel', 'nell', 'nella', 'con',
])

/** What a street name begins with; says that an address is meant. Folded. */
const streetTypes = new Set([
  'via', 'viale', 'vicolo', 'piazza', 'piazzale', 'piazzetta', 'corso', 'largo', 'strada', 'stradone', 'salita', 'discesa', 'borgo',
  'borgata', 'contrada', 'localita', 'loc', 'frazione', 'fraz', 'lungomare', 'lungarno', 'lungotevere', 'calle', 'campo', 'fondamenta',
  'rione', 'traversa', 'vle', 'pza', 'pzza', 'cso', 'str', 'galleria', 'rotonda', 'riva', 'androna', 'scalinata',
])

/** Written beside a house number. Folded. */
const numberWords = new Set(['n', 'nr', 'num', 'numero', 'civico', 'civ', 'int', 'interno', 'scala', 'sc', 'piano', 'snc', 'bis'])

/** Forms of companies, too common to search by. Folded; "S.r.l." folds to single letters, see `dropLegalForm`. */
const legalForms = new Set([
  'srl', 'srls', 'spa', 'snc', 'sas', 'ss', 'sapa', 'scarl', 'scrl', 'scpa', 'coop', 'onlus', 'aps', 'asd', 'ssd', 'c', 'co', 'fratelli', 'flli',
])

export function isParticle(word: string): boolean {
  return particles.has(word)
}

export function isStreetType(word: string): boolean {
  return streetTypes.has(word)
}

export function isNumberWord(word: string): boolean {
  return numberWords.has(word)
}

export function isLegalForm(word: string): boolean {
  return legalForms.has(word)
}

/** Folded company words with spelled-out forms put together: "s r l" becomes "srl", "s n c" "snc". */
export function joinSingleLetters(words: readonly string[]): string[] {
  const out: string[] = []
  for (let i = 0; i < words.length; i++) {
    let joined = ''
    let to = i
    while (to < words.length && words[to]?.length === 1 && !/[0-9]/.test(words[to] ?? '')) joined += words[to++] ?? ''
    if (joined.length > 1 && legalForms.has(joined)) {
      out.push(joined)
      i = to - 1
    } else {
      out.push(words[i] ?? '')
    }
  }
  return out
}

/** Words written together: ["de", "rossi"] gives "derossi", ["d", "amico"] "damico". */
export function joinedForms(words: readonly string[]): string[] {
  const out: string[] = []
  for (let i = 0; i + 1 < words.length; i++) {
    if (!particles.has(words[i] ?? '') || particles.has(words[i - 1] ?? '')) continue
    let joined = words[i] ?? ''
    let at = i + 1
    for (; at < words.length; at++) {
      joined += words[at] ?? ''
      if (!particles.has(words[at] ?? '')) break
    }
    out.push(joined)
  }
  return out
}
