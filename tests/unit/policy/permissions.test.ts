import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDevice, decidePermission, deviceTable, permissionTable } from '../../../electron/main/policy/permissions.ts'

const page = 'app://desk/'
const types = readFileSync(fileURLToPath(new URL('../../../node_modules/electron/electron.d.ts', import.meta.url)), 'utf8')

/** The names in Electron's own types: the literals of one parameter of a handler, or of a property. */
function literalsAfter(start: string): readonly string[] {
  const at = types.indexOf(start)
  if (at < 0) throw new Error(`Electron’s types no longer say ${start}`)
  const union = /^[^:]*?:\s*\(?((?:'[^']+'(?:\s*\|\s*)?)+)/.exec(types.slice(at + start.length))?.[1] ?? ''
  return [...union.matchAll(/'([^']+)'/g)].map(([, name]) => name ?? '').sort()
}
const requested = literalsAfter('setPermissionRequestHandler(handler: ((webContents: WebContents, ')
const checked = literalsAfter('setPermissionCheckHandler(handler: ((webContents: (WebContents) | (null), ')
const devices = literalsAfter('interface DevicePermissionHandlerHandlerDetails {')
const decided = Object.keys(permissionTable).sort()

describe('the table of permissions', () => {
  it('decides every name Electron asks and checks for, and no other', () => {
    expect(requested.length).toBeGreaterThan(40)
    expect(decided).toEqual([...new Set([...requested, ...checked])].sort())
  })
  it('decides every kind of device', () => expect(Object.keys(deviceTable).sort()).toEqual(devices))
  it('allows one thing: copying text out of the desk', () => expect(Object.entries(permissionTable).filter(([, allowed]) => allowed)).toEqual([['clipboard-sanitized-write', true]]))
})

describe('permissions', () => {
  it('lets the desk copy text out', () => expect(decidePermission('clipboard-sanitized-write', page)).toBe(true))
  it.each(requested.filter((name) => name !== 'clipboard-sanitized-write'))('refuses %s', (permission) => expect(decidePermission(permission, page)).toBe(false))
  it.each(['', 'constructor', '__proto__', 'toString', 'Clipboard-Sanitized-Write', 'clipboard-sanitized-write ', 'a-permission-of-tomorrow'])('refuses %j', (permission) => expect(decidePermission(permission, page)).toBe(false))
  it.each([undefined, '', 'https://evil.example/', 'app://evil/', 'app://desk.evil/', 'about:blank', 'file:///x', 'data:text/html,x'])('refuses everything to a page at %j', (address) => {
    expect(decided.filter((permission) => decidePermission(permission, address))).toEqual([])
  })
  it('refuses whatever else may be asked', () => {
    fc.assert(fc.property(fc.string(), (permission) => permission === 'clipboard-sanitized-write' || !decidePermission(permission, page)))
  })
  it.each([...devices, '', 'bluetooth', 'constructor'])('refuses every device: %j', (device) => expect(decideDevice(device)).toBe(false))
})
