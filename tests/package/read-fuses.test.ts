import { describe, expect, it } from 'vitest'
import { wantedFuses } from '../../scripts/package/fuses.ts'
import { compareFuses, readFuseWires } from '../../scripts/package/read-fuses.ts'
import { madeBinary, wire } from './support/made-binary.ts'

const wanted = wantedFuses.map(({ on }) => (on ? '1' : '0')).join('')

describe('the fuses of a packed program', () => {
  it('are read as they are set', () => {
    expect(readFuseWires(madeBinary(wire('01r010110')))).toEqual([['off', 'on', 'removed', 'off', 'on', 'off', 'on', 'on', 'off']])
  })

  it('are read from both halves of a universal program', () => {
    const both = Buffer.concat([madeBinary(wire(wanted)), madeBinary(wire('101100011'))])
    expect(readFuseWires(both)).toHaveLength(2)
    expect(compareFuses(readFuseWires(both))).toEqual(wantedFuses.filter(({ on }, index) => on !== ('101100011'[index] === '1')).map(({ name, on }) => `fuse ${name} is ${on ? 'off' : 'on'}, not ${on ? 'on' : 'off'}`))
  })

  it.each([
    ['no wire', madeBinary(Buffer.alloc(0)), 'not an Electron binary'],
    ['nothing at all', Buffer.alloc(0), 'not an Electron binary'],
    ['a wire of another version', madeBinary(wire(wanted, { version: 2 })), 'version 2'],
    ['one fuse more than is stated', madeBinary(wire(`${wanted}1`)), 'a wire of 10 fuses'],
    ['one fuse less', madeBinary(wire(wanted.slice(1))), 'a wire of 8 fuses'],
    ['no fuses', madeBinary(wire('')), 'a wire of 0 fuses'],
    ['a state that does not exist', madeBinary(wire(`x${wanted.slice(1)}`)), 'fuse RunAsNode has the unknown state 0x78'],
    ['a wire that ends too soon', Buffer.concat([Buffer.from('MZ'), wire(wanted).subarray(0, -3)]), 'cut short'],
    ['only the mark', Buffer.concat([Buffer.from('MZ'), wire(wanted).subarray(0, 32)]), 'cut short'],
    ['a good wire before a bad one', Buffer.concat([madeBinary(wire(wanted)), madeBinary(wire('01', { version: 7 }))]), 'version 7'],
  ])('are not guessed from a file with %s', (_, binary, message) => {
    expect(() => readFuseWires(binary)).toThrow(expect.objectContaining({ name: 'FuseWireError', message: expect.stringContaining(message) as string }) as Error)
  })

  it('differ when one is the other way, and when one was removed', () => {
    expect(compareFuses(readFuseWires(madeBinary(wire(wanted))))).toEqual([])
    for (const [index, { name, on }] of wantedFuses.entries()) {
      const turned = `${wanted.slice(0, index)}${on ? '0' : '1'}${wanted.slice(index + 1)}`
      const removed = `${wanted.slice(0, index)}r${wanted.slice(index + 1)}`
      expect(compareFuses(readFuseWires(madeBinary(wire(turned))))).toEqual([`fuse ${name} is ${on ? 'off' : 'on'}, not ${on ? 'on' : 'off'}`])
      expect(compareFuses(readFuseWires(madeBinary(wire(removed))))).toEqual([`fuse ${name} is removed, not ${on ? 'on' : 'off'}`])
    }
  })

  it('leave no way in from outside', () => {
    expect(Object.fromEntries(wantedFuses.map(({ name, on }) => [name, on]))).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    })
  })
})
