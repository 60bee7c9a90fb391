/** Digits a letter is mistaken for, likeliest first; used where only a digit can stand. */
const digitsLike: Readonly<Record<string, string>> = {
  O: '0', Q: '0', D: '0', U: '0', I: '1', L: '1', J: '1', Z: '2', E: '3', A: '4', S: '5', G: '6', T: '7', B: '8', P: '9',
}
/** Letters a digit is mistaken for, likeliest first; used where only a letter can stand. */
const lettersLike: Readonly<Record<string, string>> = {
  0: 'ODQ', 1: 'ILT', 2: 'Z', 3: 'EB', 4: 'A', 5: 'S', 6: 'GB', 7: 'TZ', 8: 'B', 9: 'GP',
}

/** The digit meant by a digit or a letter that looks like one; '' if it looks like none. */
export function digitLookAlike(character: string): string {
  return character >= '0' && character <= '9' ? character : (digitsLike[character] ?? '')
}

/** The letters a digit may stand for, likeliest first; '' if none. */
export function letterLookAlikes(digit: string): string {
  return lettersLike[digit] ?? ''
}

const rows = ['1234567890', 'QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM']
const keypad = ['789', '456', '123', ' 0 ']

function neighbours(layout: readonly string[], diagonal: boolean): Set<string> {
  const pairs = new Set<string>()
  layout.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1], [1, -1], [-1, 1]] as const) {
        if (!diagonal && dx !== 0 && dy !== 0) continue
        const other = layout[y + dy]?.[x + dx]
        const here = row[x]
        if (other && here && other !== ' ' && here !== ' ') pairs.add(here + other)
      }
    }
  })
  return pairs
}

const adjacent = new Set([...neighbours(rows, true), ...neighbours(keypad, false)])

/** Whether two capitals or digits are neighbours on the keyboard or the number pad. */
export function adjacentKeys(a: string, b: string): boolean {
  return adjacent.has(a + b)
}

const alike = new Set<string>()
for (const group of ['0ODQ', '1IL', '1IJ', '1T7', '2Z', '5S', '6G', '8B', '3E', '3B', '4A', '9G', '9P', 'UV', 'VY', 'CG', 'MN', 'PR', 'EF', 'KX', 'WV', 'HN', 'QG', '17', '38', '56', '69', '08', '06']) {
  for (const a of group) for (const b of group) if (a !== b) alike.add(a + b)
}

/** Whether two capitals or digits are easily taken for one another on paper or a screen. */
export function looksAlike(a: string, b: string): boolean {
  return alike.has(a + b)
}

const soundGroups = new Set<string>()
for (const group of ['BPDTVGCE', 'MN', 'FS', 'AKH', 'IY', 'QUV']) {
  for (const a of group) for (const b of group) if (a !== b) soundGroups.add(a + b)
}

/** Whether two letters are easily misheard for one another when spelt in Italian on the telephone. */
export function soundsAlike(a: string, b: string): boolean {
  return soundGroups.has(a + b)
}
