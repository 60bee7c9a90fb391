import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachmentLimits, mediaTypeOf, plainFileName } from '../../../shared/domain/attachment.ts'

describe('names of attached files', () => {
  it('hold no folder and nothing a system would refuse', () => {
    expect(plainFileName('C:\\Documenti\\fattura: 2026?.pdf')).toBe('fattura_ 2026_.pdf')
    expect(plainFileName('../../etc/passwd')).toBe('passwd')
    expect(plainFileName('...')).toBe('file')
    expect(plainFileName('foto\u202Egnp.exe')).toBe('foto_gnp.exe')
    expect(plainFileName(`${'x'.repeat(300)}.pdf`)).toHaveLength(attachmentLimits.nameLength)
  })

  it('are the same when they are made plain again', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (name) => {
      const plain = plainFileName(name)
      expect(plainFileName(plain)).toBe(plain)
      expect(plain.length).toBeGreaterThan(0)
      expect(plain.length).toBeLessThanOrEqual(attachmentLimits.nameLength)
      expect(plain).not.toMatch(/[\\/]/)
    }))
  })

  it('tell what a file is, and nothing that runs', () => {
    expect([mediaTypeOf('a.PDF'), mediaTypeOf('a.tar.gz'), mediaTypeOf('a.html'), mediaTypeOf('a')]).toEqual(['application/pdf', 'application/octet-stream', 'application/octet-stream', 'application/octet-stream'])
  })
})
