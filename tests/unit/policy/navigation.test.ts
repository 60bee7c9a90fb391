import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideNavigation, decideWindowOpen } from '../../../electron/main/policy/navigation.ts'
import { isTrustedSender } from '../../../electron/main/policy/sender.ts'
import type { Sender } from '../../../electron/main/policy/sender.ts'

const ours = ['app://desk/', 'app://desk', 'app://desk/index.html', 'APP://desk/', 'app://desk/?x#y', 'app://desk/a/../index.html']
const foreign = [
  'app://desk.evil/', 'app://evil/', 'app://desk@evil/', 'app://user@desk/', 'app://user:pass@desk/', 'app://DESK/', 'app://desk:80/', 'app://desk%2eevil/', 'app://desk\\evil',
  'app:desk/', 'app:///desk/', 'app2://desk/', 'xapp://desk/', 'https://desk/', 'http://app://desk/', 'https://evil.example/app://desk/',
  'file:///etc/passwd', 'file://desk/', 'data:text/html,x', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'about:blank', 'about:srcdoc', 'blob:app://desk/1', 'view-source:app://desk/',
  'chrome://settings', 'devtools://devtools', 'filesystem:app://desk/x', 'ms-msdt:/id', '\\\\server\\share', '//desk/', '/index.html', '', ' ', 'desk',
]

describe('a window', () => {
  it.each(ours)('may show the desk’s own page %s', (address) => expect(decideNavigation(address)).toBe('allow'))
  it.each(foreign)('never goes to %j', (address) => expect(decideNavigation(address)).toBe('deny'))
  it('goes nowhere else whatever the address', () => {
    fc.assert(fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.string().map((host) => `app://${host}`)), (address) => decideNavigation(address) === 'deny' || URL.parse(address)?.host === 'desk'))
  })
  it('never opens another', () => expect(decideWindowOpen()).toEqual({ action: 'deny' }))
})

describe('a message', () => {
  const page = { address: 'app://desk/', isTop: true, isOurs: true }
  it('is heard from the top frame of an own window on an own page', () => expect(isTrustedSender(page)).toBe(true))
  const strangers: [string, Sender][] = [
    ['a frame inside the page', { ...page, isTop: false }],
    ['a window of somebody else', { ...page, isOurs: false }],
    ['a frame that has gone', { ...page, address: null }],
    ...foreign.map((address): [string, Sender] => [`a page at ${JSON.stringify(address)}`, { ...page, address }]),
  ]
  it.each(strangers)('is not heard from %s', (_, sender) => expect(isTrustedSender(sender)).toBe(false))
})
