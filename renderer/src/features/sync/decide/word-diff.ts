/** A stretch of a text: on both sides, or on this one only. */
export type Stretch = { readonly text: string; readonly mark: 'same' | 'only' }

/** Beyond as many words the texts are shown whole: what differs would cost more to find than it tells. */
const mostWords = 1_500

/** Each text as stretches, word by word; spaces go with the word before them, so that the stretches of a side are its text. */
export function wordDiff(left: string, right: string): { readonly left: readonly Stretch[]; readonly right: readonly Stretch[] } {
  const [a, b] = [wordsOf(left), wordsOf(right)]
  if (a.length > mostWords || b.length > mostWords) return { left: whole(left), right: whole(right) }
  const kept = common(a, b)
  return { left: stretches(a, new Set(kept.map(([i]) => i))), right: stretches(b, new Set(kept.map(([, j]) => j))) }
}

const whole = (text: string): readonly Stretch[] => (text === '' ? [] : [{ text, mark: 'same' }])
const wordsOf = (text: string): readonly string[] => text.match(/\S+\s*|\s+/gu) ?? []
const bare = (word: string | undefined): string => (word ?? '').trim()

/** Longest common subsequence of words, as pairs of places. */
function common(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = bare(a[i]) === bare(b[j]) ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (bare(a[i]) === bare(b[j])) pairs.push([i++, j++])
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1
    else j += 1
  }
  return pairs
}

function stretches(words: readonly string[], kept: ReadonlySet<number>): readonly Stretch[] {
  const found: { text: string; mark: Stretch['mark'] }[] = []
  for (const [index, text] of words.entries()) {
    const mark = kept.has(index) ? 'same' : 'only'
    const last = found.at(-1)
    if (last?.mark === mark) last.text += text
    else found.push({ text, mark })
  }
  return found
}
