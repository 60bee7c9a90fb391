import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { icnsOf, icnsSizes, icoOf, icoSizes } from '../../scripts/package/icon-files.ts'
import { projectRoot } from '../../scripts/package/places.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const icon = (name: string): Buffer => readFileSync(join(projectRoot, 'build', name))
/** Edge in pixels of a PNG. */
const edge = (png: Buffer): number => (png.subarray(0, 8).equals(signature) && png.readUInt32BE(16) === png.readUInt32BE(20) ? png.readUInt32BE(16) : 0)

function readIco(file: Buffer): { readonly said: number; readonly png: Buffer }[] {
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index
    const offset = file.readUInt32LE(at + 12)
    return { said: file.readUInt8(at) || 256, png: file.subarray(offset, offset + file.readUInt32LE(at + 8)) }
  })
}

function readIcns(file: Buffer): { readonly kind: string; readonly png: Buffer }[] {
  const parts: { kind: string; png: Buffer }[] = []
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) parts.push({ kind: file.toString('latin1', at, at + 4), png: file.subarray(at + 8, at + file.readUInt32BE(at + 4)) })
  return parts
}

describe('the icons in build/', () => {
  it('have every size that Windows asks for', () => expect(readIco(icon('icon.ico')).map(({ said, png }) => [said, edge(png)])).toEqual(icoSizes.map((size) => [size, size])))

  it('have every size that macOS asks for', () => {
    const file = icon('icon.icns')
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length])
    expect(readIcns(file).map(({ kind, png }) => [kind, edge(png)])).toEqual([['icp4', 16], ['ic11', 32], ['icp5', 32], ['ic12', 64], ['ic07', 128], ['ic13', 256], ['ic08', 256], ['ic14', 512], ['ic09', 512], ['ic10', 1024]])
  })

  it.each([16, 24, 32, 48, 64, 128, 256, 512])('are what their name says for Linux: %i', (size) => expect(edge(icon(`icons/${size}x${size}.png`))).toBe(size))

  it('are the mark that the pages show', () => {
    const shapes = (text: string): string[] => [...text.matchAll(/\b(?:d|rx|r|cx|cy|x|y)="([^"]+)"/g)].map(([, value]) => value ?? '')
    expect(shapes(icon('icon.svg').toString())).toEqual(shapes(readFileSync(join(projectRoot, 'renderer/src/shell/favicon.svg'), 'utf8')))
  })

  it('are not made of missing pictures', () => {
    expect(() => icoOf(new Map())).toThrow('no picture of 16 pixels')
    expect(() => icnsOf(new Map(icnsSizes.slice(0, -1).map((size) => [size, Buffer.alloc(1)])))).toThrow('no picture of 1024 pixels')
  })
})
