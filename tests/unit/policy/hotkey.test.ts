import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookupLine } from '../../../electron/main/policy/hotkey.ts'
import { hotkeys } from '../../../shared/contract/shell.ts'

describe('copied text', () => {
  it.each([
    ['RSSMRA80A01H501U', 'RSSMRA80A01H501U'],
    ['  338 421 90 17\r\n', '338 421 90 17'],
    ['Mario\nRossi\tvia Roma\u20281', 'Mario Rossi via Roma 1'],
    ['\u0000\u0007\u001b[31mIT001E\u200b123', '[31mIT001E123'],
    ['Ro\u00adssi\u202e \ufeff', 'Rossi'],
    ['Nicolo\u0300', 'Nicolò'],
    ['a\ud800b', 'ab'],
    ['   \n\t ', ''],
    ['', ''],
  ])('%j becomes %j', (copied, line) => expect(lookupLine(copied)).toBe(line))

  it('is cut at 120 characters, never inside one', () => {
    expect(lookupLine('x'.repeat(5000))).toHaveLength(120)
    expect(lookupLine(`${'x'.repeat(119)}😀`)).toBe('x'.repeat(119))
    expect(lookupLine(`${'x'.repeat(119)} y`)).toBe('x'.repeat(119))
  })

  it('is one clean line whatever was copied, and stays as it is when it is one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (copied) => {
        const line = lookupLine(copied)
        expect(line.length).toBeLessThanOrEqual(120)
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(line).toBe(line.trim())
        expect(lookupLine(line)).toBe(line)
      }),
    )
  })
})

describe('the hotkeys on offer', () => {
  it('never hold AltGr, which writes letters on Italian keyboards', () => {
    for (const hotkey of hotkeys) expect(hotkey).not.toMatch(/Alt/)
  })
  it('take two modifiers, so that no program loses a plain key', () => {
    for (const hotkey of hotkeys) expect(hotkey).toMatch(/^CommandOrControl\+Shift\+(?:[A-Z]|Space|F\d{1,2})$/)
  })
  it('are not keys of the desk itself', () => {
    // Palette, window, tab to the left, close the window, undo again.
    const own = ['P', 'N', 'Tab', 'W', 'Z'].map((key) => `CommandOrControl+Shift+${key}`)
    for (const hotkey of hotkeys) expect(own).not.toContain(hotkey)
  })
})
