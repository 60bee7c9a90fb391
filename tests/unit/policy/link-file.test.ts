import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDeepLink } from '../../../electron/main/policy/deep-link.ts'
import { handedOverIn, isLinkFilePath, linkFilePath, readLinkFile } from '../../../electron/main/policy/link-file.ts'
import { linkTo } from '../../../shared/contract/desk-link.ts'

const link = 'sportello://customer/unogas/0001234'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('the content of a link file', () => {
  it.each([link, 'sportello://ticket/T-2026-7K3M9QX', 'sportello://lookup/rossi%20mario'])('is one address: %s', (address) => {
    for (const end of ['', '\n', '\r\n']) expect(readLinkFile(bytes(address + end))).toBe(address)
  })

  it.each([
    ['nothing', ''], ['a line end', '\n'], ['two lines', `${link}\n${link}\n`], ['two line ends', `${link}\n\n`], ['a line before', `\n${link}`], ['a space before', ` ${link}`], ['a space behind', `${link} `], ['a tab behind', `${link}\t`],
    ['an old line end', `${link}\r`], ['a byte order mark', `\ufeff${link}`], ['a zero byte', `${link}\0`], ['a zero byte inside', link.replace('unogas', 'uno\0gas')], ['two links in a line', `${link} ${link}`], ['quotes', `"${link}"`],
    ['another scheme', 'https://example.com/'], ['a script', 'javascript:alert(1)'], ['a file', 'file:///etc/passwd'], ['capitals', link.replace('sportello', 'SPORTELLO')], ['a shortcut of Windows', `[InternetShortcut]\nURL=${link}\n`], ['a desktop entry', `[Desktop Entry]\nType=Link\nURL=${link}\n`],
    ['a verb of its own', 'sportello://write/ticket/1'], ['a way up', 'sportello://customer/unogas/../x'], ['a query', `${link}?do=delete`], ['a name that is none', 'sportello://customer/unogas/Rossi Mario'], ['a look-alike', link.replace('s', 'ѕ')], ['too much', `sportello://lookup/${'a'.repeat(300)}`],
    ['a good link and 300 line ends', `${link}${'\n'.repeat(300)}`], ['JSON', JSON.stringify({ link })], ['markup', `<a href="${link}">x</a>`],
  ])('is not %s', (_, text) => expect(readLinkFile(bytes(text))).toBeNull())

  it('is not two bytes for a letter, and not broken ones', () => {
    expect(readLinkFile(Buffer.from(link, 'utf16le'))).toBeNull()
    for (const broken of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf8]]) expect(readLinkFile(Uint8Array.from([...bytes(link), ...broken]))).toBeNull()
  })

  it('says nothing that a link does not say, whatever the bytes', () => {
    const near = fc.oneof(fc.uint8Array({ maxLength: 320 }), fc.string({ unit: 'binary' }).map((text) => bytes(`sportello://${text}`)), fc.uint8Array({ maxLength: 4 }).map((more) => Uint8Array.from([...bytes(link), ...more])))
    fc.assert(
      fc.property(near, (content) => {
        const address = readLinkFile(content)
        return address === null || (parseDeepLink(address) !== null && content.length <= 300)
      }),
    )
  })

  it('is what a link of this desk says again', () => {
    for (const target of [{ to: 'customer', customerId: 'unogas:0001234' }, { to: 'ticket', code: 'T-2026-7K3M9QX' }] as const) {
      const address = linkTo(target)
      expect(parseDeepLink(readLinkFile(bytes(`${address}\n`)) ?? '')).toEqual({ do: 'open', target })
    }
  })

  it.each(['unogas', 'unogas:', ':1', 'UNO:1', 'unogas:a/b', 'unogas:a:b', 'unogas:Rossi Mario', `unogas:${'1'.repeat(41)}`])('cannot be made for %s', (customerId) => expect(linkTo({ to: 'customer', customerId })).toBeNull())
})

describe('the path of a link file', () => {
  it.each<[NodeJS.Platform, string, string]>([
    ['linux', '/home/ada/cliente-005007.sportello', '/home/ada/cliente-005007.sportello'],
    ['linux', 'file:///home/ada/due%20parole.sportello', '/home/ada/due parole.sportello'],
    ['darwin', '/Users/ada/Perché.SPORTELLO', '/Users/ada/Perché.SPORTELLO'],
    ['win32', String.raw`C:\Users\ada\ticket-T-1.sportello`, String.raw`C:\Users\ada\ticket-T-1.sportello`],
    ['win32', 'C:/Users/ada/x.sportello', 'C:/Users/ada/x.sportello'],
    ['win32', 'file:///C:/Users/ada/x.sportello', String.raw`C:\Users\ada\x.sportello`],
  ])('is whole and of this computer: %s %s', (platform, arg, path) => {
    expect(isLinkFilePath(arg)).toBe(true)
    expect(linkFilePath(arg, platform)).toBe(path)
  })

  const nowhere = [
    'x.sportello', './x.sportello', '../x.sportello', '~/x.sportello', '//server/share/x.sportello', String.raw`\\server\share\x.sportello`, 'file://server/share/x.sportello', 'file:////server/share/x.sportello', 'file://///server/x.sportello', 'file:x.sportello',
    'FILE://localhost.evil/x.sportello', 'file:///home/%2e%2e%2fetc/x.sportello', 'file:///x.sportello?y.sportello', 'file:///x#y.sportello', 'file:///%00/x.sportello', 'file:///%zz/x.sportello', 'https://example.com/x.sportello', 'smb://server/x.sportello', 'data:text/plain,x.sportello',
    '/home/ada/../root/x.sportello', '/home/./x.sportello', '/home/x\0.sportello', '/home/x\n/y.sportello', '"/home/ada/x.sportello"', ' /home/ada/x.sportello', '/home/ada/x.sportello ', '/home/ada/x.sportello\n', '/home/ada/x.sportello.exe', '/home/ada/sportello', '/home/ada/xsportello', '/\ud800.sportello', `/${'x'.repeat(5000)}.sportello`, '',
  ]
  it.each(nowhere)('%j leads nowhere', (arg) => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) expect(linkFilePath(arg, platform)).toBeNull()
  })

  it.each([
    String.raw`\\server\share\x.sportello`, '//server/share/x.sportello', String.raw`\\?\C:\x.sportello`, String.raw`\\.\pipe\x.sportello`, String.raw`\\?\UNC\server\share\x.sportello`, String.raw`\??\C:\x.sportello`, String.raw`C:\\server\x.sportello`, 'C:x.sportello', String.raw`\x.sportello`, '/x.sportello',
    String.raw`C:\x.txt:y.sportello`, String.raw`C:\a\..\x.sportello`, String.raw`C:\a\.. \x.sportello`, String.raw`C:\a\...\x.sportello`, String.raw`C:\con.sportello`, String.raw`C:\a\NUL .sportello`, String.raw`C:\com1.sportello`, String.raw`C:\lpt²\x.sportello`, 'file:///server/share/x.sportello', 'file:///C:/con.sportello', 'file:///%5C%5Cserver/x.sportello',
  ])('%s is not opened on Windows', (arg) => expect(linkFilePath(arg, 'win32')).toBeNull())
})

describe('a command line', () => {
  const file = '/home/ada/x.sportello'
  it('may name one link file among what Chromium adds', () => {
    expect(handedOverIn(['/opt/Sportello/sportello', '--original-process-start-time=1', '--', file])).toEqual({ file })
    expect(handedOverIn(['/opt/Sportello/sportello', '--original-process-start-time=1'])).toBeNull()
    expect(handedOverIn([link])).toEqual({ ask: parseDeepLink(link) })
    expect(handedOverIn(['sportello://lookup/a.sportello'])).toEqual({ ask: { do: 'lookup', text: 'a.sportello' } })
  })

  it.each([[[file, file]], [[file, link]], [[file, 'sportello:nothing']]])('%j opens nothing and says so', (args) => expect(handedOverIn(args)).toEqual({ ask: { do: 'badLinkFile' } }))
  it('is not misled by a switch', () => {
    for (const arg of [`--data-dir=${file}`, `-x${file}`, ` --y=${file}`]) expect(handedOverIn([arg])).toBeNull()
  })
})
