/**
 * The one global this folder needs besides the language itself. It exists in Node, in Electron and in browsers,
 * but belongs to the DOM library for the compiler, which shared code does not load.
 */
type Utf8Decoder = { decode(bytes: Uint8Array): string }
type Utf8DecoderConstructor = new (label: 'utf-8', options: { fatal: boolean; ignoreBOM: boolean }) => Utf8Decoder

const Decoder = (globalThis as unknown as { TextDecoder: Utf8DecoderConstructor }).TextDecoder
const strict = new Decoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new Decoder('utf-8', { fatal: false, ignoreBOM: true })

/** The text of whole lines, or null where any byte is not UTF-8. */
export function decodeStrict(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    return null
  }
}

/** The text with U+FFFD in place of what is not UTF-8; line breaks stay where they are. */
export function decodeLenient(bytes: Uint8Array): string {
  return lenient.decode(bytes)
}

const newline = 10

/** Which lines of a block (counted from 0) hold bytes that are not UTF-8. */
export function invalidLines(block: Uint8Array): Set<number> {
  const found = new Set<number>()
  let line = 0
  for (let from = 0; from < block.length; line++) {
    const at = block.indexOf(newline, from)
    const end = at < 0 ? block.length : at
    if (decodeStrict(block.subarray(from, end)) === null) found.add(line)
    from = end + 1
  }
  return found
}
