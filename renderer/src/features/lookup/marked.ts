import type { MarkedText } from '../../../../shared/contract/lookup.ts'

/** A stretch of text, highlighted or not. */
export type Piece = { readonly text: string; readonly marked: boolean }

/** Cuts a text at its marks; marks outside the text or overlapping ones do no harm. */
export function pieces({ text, marks }: MarkedText): Piece[] {
  const out: Piece[] = []
  let at = 0
  for (const [start, end] of marks.toSorted(([one], [other]) => one - other)) {
    const from = Math.max(at, start)
    const to = Math.min(text.length, end)
    if (to <= from) continue
    if (from > at) out.push({ text: text.slice(at, from), marked: false })
    out.push({ text: text.slice(from, to), marked: true })
    at = to
  }
  if (at < text.length) out.push({ text: text.slice(at), marked: false })
  return out
}
