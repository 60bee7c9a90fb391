import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkInArguments, parseDeepLink, readLink } from '../../../electron/main/policy/deep-link.ts'
import type { ShellAsk } from '../../../shared/contract/shell.ts'

const customer = (customerId: string): ShellAsk => ({ do: 'open', target: { to: 'customer', customerId } })
const ticket = (code: string): ShellAsk => ({ do: 'open', target: { to: 'ticket', code } })
const lookup = (text: string): ShellAsk => ({ do: 'lookup', text })

const good: [string, ShellAsk][] = [
  ['sportello://caller/0612345678', lookup('0612345678')],
  ['sportello://caller/+393331234567', lookup('+393331234567')],
  ['sportello://caller/%2B393331234567', lookup('+393331234567')],
  ['sportello://caller/112', lookup('112')],
  ['sportello://customer/unogas/0001234', customer('unogas:0001234')],
  ['sportello://customer/etra/A-12.b_3', customer('etra:A-12.b_3')],
  ['sportello://customer/etra/%41%42', customer('etra:AB')],
  ['sportello://ticket/T-2026-7K3M9QX', ticket('T-2026-7K3M9QX')],
  ['sportello://ticket/P-0004182', ticket('P-0004182')],
  ['sportello://lookup/rossi%20mario', lookup('rossi mario')],
  ['sportello://lookup/via%20Roma%2C%201%2FA', lookup('via Roma, 1/A')],
  ['sportello://lookup/a+b', lookup('a+b')],
  ['sportello://lookup/%3Fx%23y', lookup('?x#y')],
  [`sportello://lookup/${'a'.repeat(120)}`, lookup('a'.repeat(120))],
]

const lookAlikes = [
  // Another scheme, or another writing of ours.
  'Sportello://caller/0612345', 'SPORTELLO://caller/0612345', 'sportell0://caller/0612345', 'xsportello://caller/0612345', 'sportello2://caller/0612345', 'sportello:caller/0612345', 'sportello:/caller/0612345',
  'sportello:///caller/0612345', 'sportello:////caller/0612345', 'sportello;//caller/0612345', 'sportello%3A//caller/0612345', 'https://sportello/caller/0612345', 'app://desk/caller/0612345', 'file:///sportello://caller/1', 'javascript:sportello://caller/1',
  ' sportello://caller/0612345', 'sportello://caller/0612345 ', '\tsportello://caller/0612345', 'sportello://caller/0612345\n', 'sportello://caller/0612345\u0000', '"sportello://caller/0612345"', "'sportello://caller/0612345'",
  'ѕportello://caller/0612345', 'sportello：//caller/0612345', 'sportello://caller∕0612345',
  // Another kind, or the kind written otherwise.
  'sportello://', 'sportello:///', 'sportello://caller', 'sportello://caller/', 'sportello://Caller/0612345', 'sportello://callers/0612345', 'sportello://call/0612345', 'sportello://caller:80/0612345', 'sportello://u@caller/0612345', 'sportello://caller@evil/0612345',
  'sportello://c%61ller/0612345', 'sportello://caller.evil/0612345', 'sportello://caller\\0612345', 'sportello://new-ticket/x', 'sportello://write/ticket/1', 'sportello://settings/x', 'sportello://constructor/1', 'sportello://__proto__/1',
  // More or less than the grammar has.
  'sportello://caller/0612345/', 'sportello://caller//0612345', 'sportello://caller/0612345/x', 'sportello://caller/0612345?x=1', 'sportello://caller/0612345#x', 'sportello://caller/../ticket/T-1', 'sportello://customer/unogas', 'sportello://customer/unogas/', 'sportello://customer//1',
  'sportello://customer/unogas/1/2', 'sportello://ticket/T-1/T-2', 'sportello://lookup/', 'sportello://lookup/a/b', 'sportello://lookup/%20', 'sportello://lookup/%20a', 'sportello://lookup/a%20',
  // Values that are none.
  'sportello://caller/06 12345', 'sportello://caller/12', 'sportello://caller/1234567890123456', 'sportello://caller/++39', 'sportello://caller/+', 'sportello://caller/06-12345', 'sportello://caller/06a12345', 'sportello://caller/*%2306%23', 'sportello://caller/0612345;ext=1', 'sportello://caller/٠٦١٢٣',
  'sportello://customer/UNOGAS/1', 'sportello://customer/uno:gas/1', 'sportello://customer/1gas/1', 'sportello://customer/unogas/a%2Fb', 'sportello://customer/unogas/..', 'sportello://customer/unogas/-1', 'sportello://customer/unogas/1-', 'sportello://customer/unogas/a%3Ab', "sportello://customer/unogas/1'--", `sportello://customer/unogas/${'1'.repeat(41)}`,
  'sportello://ticket/%20', 'sportello://ticket/T%00', 'sportello://ticket/<b>', 'sportello://ticket/T 1', 'sportello://ticket/T%0A1',
  // Encodings that are broken, double, or lead out of ASCII.
  'sportello://lookup/%', 'sportello://lookup/%2', 'sportello://lookup/%GG', 'sportello://lookup/%u0041', 'sportello://lookup/%2541', 'sportello://lookup/a%25', 'sportello://lookup/%00', 'sportello://lookup/%0d%0a', 'sportello://lookup/%7f', 'sportello://lookup/%c3%a8', 'sportello://lookup/%e2%80%ae', 'sportello://lookup/perché', 'sportello://lookup/\u202e',
  // Too long.
  `sportello://lookup/${'a'.repeat(121)}`, `sportello://lookup/${'%61'.repeat(99)}`, `sportello://caller/${'0'.repeat(400)}`,
  '', 'sportello', '-', '--sportello://caller/0612345',
]

describe('a sportello:// link', () => {
  it.each(good)('%s is understood', (link, ask) => expect(parseDeepLink(link)).toEqual(ask))

  it('has at least sixty look-alikes to refuse', () => expect(new Set(lookAlikes).size).toBeGreaterThanOrEqual(60))
  it.each(lookAlikes)('%j is refused', (link) => expect(parseDeepLink(link)).toBeNull())

  const near = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }).map((text) => `sportello://${text}`),
    fc.tuple(fc.constantFrom('caller', 'customer', 'ticket', 'lookup'), fc.string({ unit: 'grapheme' })).map(([kind, text]) => `sportello://${kind}/${text}`),
    fc.tuple(fc.constantFrom('caller', 'customer', 'ticket', 'lookup'), fc.string()).map(([kind, text]) => `sportello://${kind}/${encodeURIComponent(text.toWellFormed())}`),
    fc.tuple(fc.string(), fc.string()).map(([brand, code]) => `sportello://customer/${brand}/${code}`),
  )

  it('only ever opens or looks up, with plain short values, whatever comes in', () => {
    fc.assert(
      fc.property(near, (link) => {
        const ask = parseDeepLink(link)
        switch (ask?.do) {
          case undefined:
            return true
          case 'lookup':
            return /^[\x20-\x7e]{1,120}$/.test(ask.text) && ask.text === ask.text.trim()
          case 'open':
            return ask.target.to === 'customer' ? /^[a-z][a-z0-9]{1,31}:[\w.-]{1,40}$/.test(ask.target.customerId) : ask.target.to === 'ticket' && /^[\w.-]{1,40}$/.test(ask.target.code)
          default:
            return false
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('finds every well-formed text again', () => {
    const text = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).filter((code) => code !== 0x25).map((code) => String.fromCharCode(code)), minLength: 1, maxLength: 60 }).filter((one) => one.trim() === one)
    fc.assert(
      fc.property(text, (wanted) => {
        expect(parseDeepLink(`sportello://lookup/${encodeURIComponent(wanted)}`)).toEqual(lookup(wanted))
      }),
    )
  })
})

describe('a command line', () => {
  it('may hold one link among what Chromium adds', () => {
    expect(linkInArguments(['/opt/sportello', '--original-process-start-time=1', 'sportello://caller/0612345'])).toEqual(lookup('0612345'))
    expect(linkInArguments(['--data-dir=/x', '.'])).toBeNull()
    expect(linkInArguments([])).toBeNull()
  })

  it.each([
    [['sportello://caller/0612345', 'sportello://caller/0698765']],
    [['sportello://caller/0612345', 'SPORTELLO:x']],
    [['SPORTELLO://caller/0612345']],
    [[' sportello://caller/0612345']],
    [['"sportello://caller/0612345']],
    [['sportello:calc.exe']],
  ])('%j opens nothing and says so', (args) => expect(linkInArguments(args)).toEqual({ do: 'badLink' }))

  it('is not misled by a switch that mentions a link', () => expect(linkInArguments(['--data-dir=sportello://caller/0612345'])).toBeNull())
  it('does not repeat a refused link', () => expect(JSON.stringify(readLink('sportello://caller/06x12345'))).toBe('{"do":"badLink"}'))
})
