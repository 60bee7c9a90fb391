import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostTarget, projectRoot } from '../../scripts/package/places.ts'
import { licenceLines, readBill, writeBillOfMaterials } from '../../scripts/package/sbom.ts'

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-sbom-'))
  await writeBillOfMaterials(folder, hostTarget())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

describe('the bill of materials', () => {
  it('names every package that ships, with its licence', () => {
    const bill = readBill(read('sportello.cdx.json'))
    const names = bill.components.map(({ purl }) => purl)
    const { dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
    const missing = Object.keys(dependencies).filter((name) => !names.some((purl) => decodeURIComponent(purl).startsWith(`pkg:npm/${name}@`)))
    expect(missing).toEqual([])
    // What a shipped package names as its peer stays in, such as TypeScript: rather one too many.
    const developers = ['electron-builder', 'eslint', 'vitest', 'vue-tsc', 'fast-check', '@playwright/test', '@electron/asar']
    expect(developers.filter((name) => names.some((purl) => decodeURIComponent(purl).startsWith(`pkg:npm/${name}@`)))).toEqual([])
    expect(read('licences.txt').trim().split('\n')).toEqual(licenceLines(bill))
    expect(licenceLines(bill).filter((line) => line.endsWith('NO LICENCE NAMED'))).toEqual([])
  })

  it('has a hash for every binary that goes into the package', () => {
    const lines = read('binaries.sha256').trim().split('\n')
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(line).toMatch(/^[0-9a-f]{64} {2}node_modules\/\S+\.node$/)
  })

  it('is not made of something else', () => {
    expect(() => readBill('{"bomFormat":"SPDX","components":[]}')).toThrow()
    expect(licenceLines({ bomFormat: 'CycloneDX', components: [{ name: 'a', version: '1', purl: 'pkg:npm/a@1', licenses: [] }] })).toEqual(['a@1 NO LICENCE NAMED'])
  })
})
