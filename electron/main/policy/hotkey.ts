const longest = 120

/**
 * The copied text as it goes into the lookup box: one line, no control or direction characters, at most 120 characters, never half a
 * character. Empty when nothing of use was copied.
 */
export function lookupLine(copied: string): string {
  // A page of text copied by chance need not be walked through.
  const line = copied
    .slice(0, longest * 20)
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return cut(line).trim()
}

function cut(line: string): string {
  if (line.length <= longest) return line
  const short = line.slice(0, longest)
  return /[\ud800-\udbff]$/.test(short) ? short.slice(0, -1) : short
}
