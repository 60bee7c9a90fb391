import { describe, expect, it } from 'vitest'
import { builderArguments } from '../../scripts/package/package.ts'
import { hostTarget } from '../../scripts/package/places.ts'
import { neverUpdated, whatIsMissing } from '../../scripts/package/preflight.ts'
import { signatureCommands } from '../../scripts/package/verify-signature.ts'

const linux = { platform: 'linux', arch: 'x64' } as const
const windows = { platform: 'win32', arch: 'x64' } as const
const mac = { platform: 'darwin', arch: 'arm64' } as const
const ready = { target: linux, env: {}, electron: '/electron', builder: true, updates: 'named', updateKeys: 2 } as const
const signing = { CSC_LINK: 'file', CSC_KEY_PASSWORD: 'secret' }
const apple = { APPLE_API_KEY: 'file', APPLE_API_KEY_ID: 'id', APPLE_API_ISSUER: 'issuer' }

describe('a machine that is to make a package', () => {
  it('has what it needs', () => {
    expect(whatIsMissing(ready, false)).toBeNull()
    expect(whatIsMissing({ ...ready, target: windows, env: signing }, false)).toBeNull()
    expect(whatIsMissing({ ...ready, target: mac, env: { ...signing, ...apple } }, false)).toBeNull()
    expect(whatIsMissing({ ...ready, target: mac, env: { CSC_NAME: 'Developer ID', ...apple } }, false)).toBeNull()
  })

  it.each([
    ['electron-builder', { ...ready, builder: false }, 'electron-builder is not installed'],
    ['the runtime', { ...ready, electron: null }, 'runtime is not on this machine'],
    ['a certificate for Windows', { ...ready, target: windows }, 'CSC_LINK, CSC_KEY_PASSWORD'],
    ['a certificate for macOS', { ...ready, target: mac, env: apple }, 'CSC_LINK, CSC_KEY_PASSWORD'],
    ['the notary for macOS', { ...ready, target: mac, env: signing }, 'APPLE_API_KEY, APPLE_API_KEY_ID, APPLE_API_ISSUER'],
    ['keys for the updates of a server', { ...ready, updateKeys: 0 }, 'electron/main/update-keys.ts'],
    ['an address that a desk would take', { ...ready, updates: 'bad' as const }, 'build/updates.json names no server'],
    ['everything for macOS', { ...ready, target: mac }, 'CSC_LINK, CSC_KEY_PASSWORD, APPLE_API_KEY'],
  ])('says in one line that it lacks %s, and never what a secret is', (_, machine, message) => {
    const missing = whatIsMissing(machine, false) ?? ''
    expect(missing).toContain(message)
    expect(missing).not.toContain('\n')
    expect(missing).not.toContain('secret')
  })

  it('may pack without an identity when it is told to', () => {
    expect(whatIsMissing({ ...ready, target: mac }, true)).toBeNull()
    expect(whatIsMissing({ ...ready, electron: null }, true)).not.toBeNull()
  })

  it('may pack without keys where there is no server, or to try it out, and says what comes of it', () => {
    expect(whatIsMissing({ ...ready, updates: 'none', updateKeys: 0 }, false)).toBeNull()
    expect(whatIsMissing({ ...ready, updateKeys: 0 }, true)).toBeNull()
    expect(whatIsMissing({ ...ready, updates: 'bad' }, true)).not.toBeNull()
    expect(neverUpdated({ updates: 'named', updateKeys: 0 })).toContain('takes no update')
    expect(neverUpdated({ updates: 'none', updateKeys: 0 })).toContain('takes no update')
    expect(neverUpdated({ updates: 'none', updateKeys: 2 })).toContain('build/updates.json')
    expect(neverUpdated({ updates: 'named', updateKeys: 2 })).toBeNull()
  })

  it('makes no package for a system nobody named', () => {
    expect(hostTarget('linux', 'arm64')).toEqual({ platform: 'linux', arch: 'arm64' })
    expect(() => hostTarget('freebsd', 'x64')).toThrow('no package is made for freebsd')
    expect(() => hostTarget('linux', 'ia32')).toThrow('ia32')
  })
})

describe('what electron-builder is told', () => {
  it('never publishes, and leaves out signing only when asked', () => {
    for (const target of [linux, windows, mac]) {
      const args = builderArguments(target, { unsigned: false, dir: false })
      expect(args.join(' ')).toContain('--publish never')
      expect(args.join(' ')).not.toContain('identity=null')
      expect(args.includes('-c.forceCodeSigning=false')).toBe(target === linux)
    }
    expect(builderArguments(linux, { unsigned: false, dir: false }, 'named').join(' ')).toContain('-c.extraResources.from=build/updates.json -c.extraResources.to=updates.json')
    expect(builderArguments(linux, { unsigned: false, dir: false }).join(' ')).not.toContain('updates.json')
    expect(builderArguments(mac, { unsigned: true, dir: true })).toEqual(expect.arrayContaining(['--mac', 'dir', '--arm64', '-c.mac.notarize=false']))
  })
})

describe('the question about a signature', () => {
  it('hands over a folder’s name as an argument, never as a command', () => {
    const odd = 'a"; rm -rf x $(y)'
    for (const target of [windows, mac]) {
      for (const [, ...args] of signatureCommands(odd, target, 'notarised')) expect(args.filter((arg) => arg.includes('rm -rf')).every((arg) => arg.startsWith(odd))).toBe(true)
    }
    expect(signatureCommands(odd, linux, 'signed')).toEqual([])
  })
})
