const longest = 120

/** A name to propose for a file: no folder, no control or reserved character, no name that Windows keeps for devices. */
export function safeFileName(proposed: string): string {
  const plain = proposed
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '_')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
    .slice(0, longest)
  if (plain === '') return 'sportello.txt'
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain
}
