import { FuseV1Options, flipFuses } from '@electron/fuses'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fuseConfig } from '../../scripts/package/after-pack.ts'
import { wantedFuses } from '../../scripts/package/fuses.ts'
import { compareFuses, readFuseWires } from '../../scripts/package/read-fuses.ts'
import { deliveredFuses, madeBinary, wire } from './support/made-binary.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-fuses-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('flipping the fuses', () => {
  it('states every fuse that the tool knows, in the order of the wire', () => {
    const known = Object.values(FuseV1Options).filter((value) => typeof value === 'string')
    expect(wantedFuses.map(({ name }) => name)).toEqual(known)
  })

  it('changes a program as it is delivered into what the desk wants', async () => {
    const path = join(folder, 'sportello')
    writeFileSync(path, madeBinary(wire(deliveredFuses)))
    expect(compareFuses(readFuseWires(readFileSync(path)))).not.toEqual([])
    await flipFuses(path, fuseConfig({ platform: 'linux' }))
    expect(compareFuses(readFuseWires(readFileSync(path)))).toEqual([])
  })

  it('fails when a fuse is not stated', async () => {
    const path = join(folder, 'sportello')
    writeFileSync(path, madeBinary(wire(deliveredFuses)))
    const config = fuseConfig({ platform: 'linux' })
    delete config[FuseV1Options.WasmTrapHandlers]
    await expect(flipFuses(path, config)).rejects.toThrow('WasmTrapHandlers')
  })
})
