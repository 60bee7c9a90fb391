/** Of a file, both ends included. */
export type ByteRange = { readonly start: number; readonly end: number }

/**
 * The part a `Range` header asks for: `null` for the whole, also where several parts or another unit are asked for, which a server may
 * pass over (RFC 9110, 14.2); `unsatisfiable` when it begins beyond the end.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | null | 'unsatisfiable' {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  if (from === '') return Number(to) === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - Number(to)), end: size - 1 }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return null
  return start >= size ? 'unsatisfiable' : { start, end }
}
