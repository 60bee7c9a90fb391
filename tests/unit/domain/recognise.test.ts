import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPhone } from '../../../shared/domain/phone.ts'
import { recognise } from '../../../shared/domain/recognise.ts'
import type { IdentifierKind } from '../../../shared/domain/recognise.ts'
import { taxCodes } from './arbitraries.ts'

const first = (text: string): string => {
  const [found] = recognise(text)
  return found ? `${found.kind} ${found.value}${found.partial ? '…' : ''}` : ''
}
const kinds = (text: string): IdentifierKind[] => recognise(text).map(found => found.kind)
const value = (text: string, kind: IdentifierKind): string | undefined => recognise(text).find(found => found.kind === kind)?.value

describe('paste anything', () => {
  it.each([
    ['RSSMRA80A01H501U', 'tax_code RSSMRA80A01H501U'],
    ['rss mra 80a01 h501u', 'tax_code RSSMRA80A01H501U'],
    ['CF: RSSMRA80A01H501U', 'tax_code RSSMRA80A01H501U'],
    ['C.F. RSSMRA80A01H501U', 'tax_code RSSMRA80A01H501U'],
    ['codice fiscale RSSMRA80A01H501U, nato a Roma', 'tax_code RSSMRA80A01H501U'],
    ['RSSMRA80A0MHRLMK', 'tax_code RSSMRA80A0MHRLMK'],
    ['RSSMRA8OAO1H5O1U', 'tax_code RSSMRA80A01H501U'],
    ['00743110157', 'vat_number 00743110157'],
    ['P.IVA IT00743110157', 'vat_number 00743110157'],
    ['Partita IVA n. 00743110157', 'vat_number 00743110157'],
    ['C.F./P.IVA 00743110157', 'vat_number 00743110157'],
    ['O0743110157', 'vat_number 00743110157'],
    ['P.IVA 743110157', 'vat_number 743110157…'],
    ['IT001E12345678', 'pod IT001E12345678'],
    ['it 001 e 1234 5678', 'pod IT001E12345678'],
    ['ITOO1E12345678', 'pod IT001E12345678'],
    ['POD: 12345678A', 'pod IT001E12345678'],
    ['03340009749021', 'pdr 03340009749021'],
    ['PDR 0334 0009 749021', 'pdr 03340009749021'],
    ['3340009749021', 'pdr 03340009749021'],
    ['tel. 338/421.90.17', 'phone 3384219017'],
    ['tel0481772019', 'phone 0481772019'],
    ['cell+393384219017', 'phone 3384219017'],
    ['+39 338 421 9017', 'phone 3384219017'],
    ['0039 049 8765432', 'phone 0498765432'],
    ['338O219O17', 'phone 3380219017'],
    ['Cell 338 42I9OI7', 'phone 3384219017'],
    ['+41 91 123 45 67', 'phone 0041911234567'],
    ['via roma 3 338 4219017', 'phone 3384219017'],
    ['Mario.Rossi@Example.IT', 'email mario.rossi@example.it'],
    ['Mario Rossi <mario@example.it>', 'email mario@example.it'],
    ['codice cliente 005007', 'customer_code 005007…'],
    ['cod. cliente: 5007', 'customer_code 5007…'],
    ['005007', 'customer_code 005007…'],
    ['codice servizio PR002874', 'service_code PR002874…'],
    ['matricola contatore 2002002008', 'meter_serial 2002002008…'],
    ['Matr. SN 1234567', 'meter_serial SN1234567…'],
    ['fattura n. 2017/000123', 'invoice_number 2017/000123…'],
    ['2017/000123', 'invoice_number 2017/000123…'],
    ['ticket #1234', 'ticket_code 1234…'],
    ['rossi mario', 'name rossi mario…'],
    ["D'Angelo Nicolò", "name D'Angelo Nicolò…"],
    ['via roma 12 padova', 'name via roma 12 padova…'],
    ['Cella', 'name Cella…'],
    ['fattura', 'name fattura…'],
    ['李明', 'name 李明…'],
  ])('%j is first of all: %s', (text, expected) => {
    expect(first(text)).toBe(expected)
  })

  it('understands what is still being typed', () => {
    expect(first('RSSMRA80A')).toBe('tax_code RSSMRA80A…')
    expect(first('rss mra 8o')).toBe('tax_code RSSMRA80…')
    expect(first('IT001E0')).toBe('pod IT001E0…')
    expect(first('it 0')).toBe('pod IT0…')
    expect(first('338 42')).toBe('phone 33842…')
    expect(first('+39 338 4')).toBe('phone 3384…')
    expect(first('049 876')).toBe('phone 049876…')
    expect(first('mario.rossi@')).toBe('email mario.rossi@…')
    expect(kinds('rssmra')).toEqual(['name', 'tax_code'])
  })

  it('offers leading zeros that are missing', () => {
    expect(recognise('5007')).toContainEqual({ kind: 'customer_code', value: '005007', partial: false, corrected: { from: '5007', to: '005007' } })
    expect(recognise('743110157')).toContainEqual({ kind: 'vat_number', value: '00743110157', partial: false, corrected: { from: '743110157', to: '00743110157' } })
    expect(recognise('P.IVA 743110157')).toContainEqual({ kind: 'vat_number', value: '00743110157', partial: false, corrected: { from: '743110157', to: '00743110157' } })
  })

  it('keeps a wrong code as typed and offers its corrections', () => {
    const found = recognise('RSSMRA80A01H501V')
    expect(found[0]).toEqual({ kind: 'tax_code', value: 'RSSMRA80A01H501V', partial: false })
    expect(found).toContainEqual({ kind: 'tax_code', value: 'RSSMRA80A01H501U', partial: false, corrected: { from: 'RSSMRA80A01H501V', to: 'RSSMRA80A01H501U' } })
  })

  it('brings the right code back whichever character was changed', () => {
    fc.assert(fc.property(taxCodes, fc.nat(15), fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), (code, at, character) => {
      const typed = code.slice(0, at) + character + code.slice(at + 1)
      fc.pre(typed !== code)
      expect(recognise(typed).filter(found => found.kind === 'tax_code').map(found => found.value)).toContain(code)
    }), { numRuns: 1000 })
  })

  it('does not take words with a number for a codice fiscale', () => {
    for (const text of ['rossi12', 'PR002874', 'via roma 12']) expect(kinds(text)).not.toContain('tax_code')
  })

  it('does not take a 15-digit number for a PDR', () => {
    expect(kinds('012345678910112')).not.toContain('pdr')
  })

  it('takes a signature apart', () => {
    const text = 'Cordiali saluti\nMario Rossi\nVia Roma 12, 35100 Padova\nTel. 049 876 5432 Cell. 338 4219017\nmario.rossi@example.it\nC.F. RSSMRA80A01H501U - P.IVA 12345670488'
    expect(value(text, 'tax_code')).toBe('RSSMRA80A01H501U')
    expect(value(text, 'vat_number')).toBe('12345670488')
    expect(value(text, 'email')).toBe('mario.rossi@example.it')
    expect(value(text, 'name')).toBe('Mario Rossi')
    expect(recognise(text).filter(found => found.kind === 'phone').map(found => found.value).sort()).toEqual(['0498765432', '3384219017'])
    expect(kinds(text)).not.toContain('customer_code')
  })

  it('takes one pasted line apart', () => {
    const text = 'Mario Rossi - tel. 338/421.90.17 - mario.rossi@example.it - CF: RSSMRA80A01H501U'
    expect(recognise(text).map(found => `${found.kind} ${found.value}`).sort()).toEqual([
      'email mario.rossi@example.it', 'name Mario Rossi', 'phone 3384219017', 'tax_code RSSMRA80A01H501U',
    ])
    const codes = 'Codice Cliente 005007 Codice servizio PR002874'
    expect(recognise(codes).map(found => `${found.kind} ${found.value}`)).toEqual(['customer_code 005007', 'service_code PR002874'])
    expect(recognise('049 123456 / 338 4219017').map(found => found.value).sort()).toEqual(['049123456', '3384219017'])
  })

  it('finds nothing in nothing', () => {
    for (const text of ['', '   ', '\n', '...', '\ud800']) expect(recognise(text)).toEqual([])
  })

  it('finds a right code with any separators, in any case, among words', () => {
    const signs = fc.constantFrom('', '', '', ' ', '-', '.')
    // Pieces that are words for something else ("RSS FAX 70A…") say two things at once: either reading is right.
    const label = /^(CF|FAX|TEL|PEC|NIC|POD|PDR|MOB|VAT)/
    fc.assert(fc.property(taxCodes.filter((code) => ![code.slice(0, 3), code.slice(3, 6)].some((piece) => label.test(piece))), fc.array(signs, { minLength: 4, maxLength: 4 }), fc.constantFrom('', 'CF ', 'c.f.: ', 'Codice Fiscale '), fc.boolean(), (code, between, before, small) => {
      const parts = [code.slice(0, 3), code.slice(3, 6), code.slice(6, 11), code.slice(11, 15), code.slice(15)]
      const written = parts.map((part, i) => part + (i < 4 ? (between[i] ?? '') : '')).join('')
      expect(first(before + (small ? written.toLowerCase() : written))).toBe(`tax_code ${code}`)
    }))
  })

  it('does not take a piece of a code for a label', () => {
    expect(first('AAX CFN 70A01A001V')).toBe('tax_code AAXCFN70A01A001V')
    expect(first('c.f.: AAX.FAX70A01A001W')).toBe('tax_code AAXFAX70A01A001W')
  })

  it.each([
    ['049 876 54 32', '0498765432'],
    ['02 12 34 56 78', '0212345678'],
    ['0432 51 23 45', '0432512345'],
    ['+39 049 876-5432', '0498765432'],
    ['338 42 19 017', '3384219017'],
  ])('reads a telephone written in pieces whole: %s', (text, key) => {
    expect(first(text)).toBe(`phone ${key}`)
  })

  it('finds a telephone as it is shown', () => {
    fc.assert(fc.property(fc.integer({ min: 320_000_0000, max: 399_999_9999 }).map(String), key => {
      expect(first(formatPhone(key))).toBe(`phone ${key}`)
    }))
  })

  it('never throws, gives no duplicates and stays short, whatever the text', () => {
    const pieces = fc.constantFrom('CF ', 'tel. ', 'P.IVA ', '@', 'a@b.it', '+39', '00', ' - ', '\n', 'RSSMRA80A01H501U', '338', 'IT001E', '\ud800', '\udc00', 'ﷺ', '\u0301', '0', '12345', 'ß', '\u0000')
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map(units => String.fromCharCode(...units)),
      fc.array(pieces, { maxLength: 60 }).map(list => list.join('')),
    )
    fc.assert(fc.property(texts, text => {
      const found = recognise(text)
      expect(found.length).toBeLessThanOrEqual(32)
      expect(new Set(found.map(f => `${f.kind} ${f.value}`)).size).toBe(found.length)
      for (const f of found) expect(f.value).not.toBe('')
    }), { numRuns: 1000 })
  })

  it('reads no more than the beginning of an endless text', () => {
    for (const piece of ['1 ', '12345 ', 'RSSMRA80A01H501V ', 'R S S ', 'a@', 'a', 'CF ', 'cod. fisc. : ', '.', ' ', 'a.', 'ﷺ', ' - ']) {
      const text = piece.repeat(Math.ceil(10_240 / piece.length))
      expect(recognise(text)).toEqual(recognise(text + 'RSSMRA80A01H501U'))
    }
  })
})
