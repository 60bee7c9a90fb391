import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideOpen } from '../../../electron/main/policy/open-external.ts'

describe('an address handed to other programs', () => {
  it.each([
    ['https://www.arera.it/bolletta?x=1', 'https://www.arera.it/bolletta?x=1'],
    ['HTTPS://WWW.ARERA.IT', 'https://www.arera.it/'],
    ['https://www.sportelloperilconsumatore.it/', 'https://www.sportelloperilconsumatore.it/'],
    ['tel:+390612345678', 'tel:+390612345678'],
    ['tel:800900999', 'tel:800900999'],
    ['mailto:anna.rossi@example.it', 'mailto:anna.rossi@example.it'],
  ])('%s is opened', (address, opened) => expect(decideOpen(address)).toBe(opened))

  it.each([
    'http://www.arera.it/', 'https://evil.example/', 'https://www.arera.it.evil.example/', 'https://www.arera.it@evil.example/', 'https://user@www.arera.it/', 'https://www.arera.it:8443/', 'https://www.arera.it\\@evil.example/',
    'https://www.arera.it/\r\nx', 'https://www.arera.it/ x', '\thttps://www.arera.it/', 'file:///c:/windows/system32/calc.exe', '\\\\server\\share\\x.exe', '//server/share', 'c:\\x.exe', 'ms-msdt:/id PCWDiagnostic', 'search-ms:query=x',
    'javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'app://desk/', 'about:blank', 'smb://server/x', 'tel:', 'tel:*#06#', 'tel:1', 'tel:+39061234;ext=1', 'tel:12345678901234567890', 'mailto:', 'mailto:a@b.it?bcc=c@d.it',
    'mailto:a@b.it,c@d.it', 'mailto:"a b"@c.it', 'mailto:a@b', 'mailto:a%0a@b.it', '', 'www.arera.it',
  ])('%j is not', (address) => expect(decideOpen(address)).toBeNull())

  it('never carries spaces, quotes or line ends, whatever comes in', () => {
    const address = fc.oneof(fc.string(), fc.webUrl(), fc.emailAddress().map((mail) => `mailto:${mail}`), fc.string().map((path) => `https://www.arera.it/${path}`), fc.string().map((number) => `tel:${number}`))
    fc.assert(fc.property(address, (text) => /^(?:(?:https:\/\/www\.arera\.it\/|tel:|mailto:)[^\s"<>]*)?$/.test(decideOpen(text) ?? '')))
  })
})
