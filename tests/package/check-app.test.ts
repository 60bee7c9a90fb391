import { getRawHeader } from '@electron/asar'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readAsar } from '../../scripts/package/asar.ts'
import { checkAsar } from '../../scripts/package/check-app.ts'
import { goodFiles, packedApp, target } from './support/made-app.ts'

let remove = (): void => undefined
afterEach(() => remove())

async function pack(files: ReadonlyMap<string, string | Buffer>): Promise<string> {
  const packed = await packedApp(files)
  remove = packed.remove
  return packed.archive
}

const good = goodFiles()
const node = 'node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node'
// In parts, so that this file itself holds nothing a scanner would stop at.
const privateKey = ['-----BEGIN ', 'PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYH'].join('')

describe('an archive of the desk', () => {
  it('is right when it holds the list and nothing else', async () => {
    expect(checkAsar(await pack(good), { target, places: ['/home/somebody/project'] })).toEqual([])
  })

  it('has the header hash that the packing tool sees', async () => {
    const archive = await pack(good)
    const { headerString } = getRawHeader(archive)
    expect(readAsar(archive).headerHash).toBe(createHash('sha256').update(headerString).digest('hex'))
  })

  it.each([...good.keys()].filter((path) => !path.startsWith('out/renderer/assets/')))('is wrong without %s', async (path) => {
    expect(checkAsar(await pack(new Map([...good].filter(([name]) => name !== path))), { target })).toContain(`missing: ${path}`)
  })

  it.each([
    ['out/main/main.js.map', 'a source map'],
    ['out/renderer/assets/index-AbCd_123.js.map', 'a source map'],
    ['.env', 'an environment file'],
    ['.env.production', 'an environment file'],
    ['.npmrc', 'a hidden file'],
    ['build/signing.p12', 'a key or certificate'],
    ['out/main/update.pem', 'a key or certificate'],
    ['id_ed25519', 'a key or certificate'],
    ['tests/core/store.test.js', 'a test or sample'],
    ['out/main/main.test.js', 'a test or sample'],
    ['node_modules/better-sqlite3-multiple-ciphers/test/a.js', 'a test or sample'],
    ['fixtures/customers.csv', 'a test or sample'],
    ['electron/main/main.ts', 'a source'],
    ['out/renderer/App.vue', 'a source'],
    ['node_modules/better-sqlite3-multiple-ciphers/deps/sqlite3/sqlite3.c', 'part of a build'],
    ['node_modules/better-sqlite3-multiple-ciphers/binding.gyp', 'part of a build'],
    ['desk.db', 'data'],
  ])('is wrong with %s, and says why', async (path, why) => {
    expect(checkAsar(await pack(new Map([...good, [path, 'x']])), { target })).toEqual(expect.arrayContaining([`not on the list: ${path}`, `${why}: ${path}`]))
  })

  it.each(['node_modules/vitest/index.js', 'node_modules/electron/index.js', 'node_modules/typescript/package.json', 'node_modules/better-sqlite3-multiple-ciphers/prebuilds/win32-x64.node', 'out/main/preload.cjs', 'out/other/x.js', 'LICENSE'])('is wrong with %s', async (path) => {
    expect(checkAsar(await pack(new Map([...good, [path, 'x']])), { target })).toContain(`not on the list: ${path}`)
  })

  it.each([
    ['a reference to a source map', 'export {}\n//# sourceMappingURL=main.js.map'],
    ['a private key', `const key = "${privateKey}"`],
    ['an access token', `const token = '${['gh', 'p_', 'a1B2'.repeat(9)].join('')}'`],
    ['a path of the machine that packed it', 'const here = "/home/somebody/project/electron/main/main.ts"'],
  ])('is wrong with %s in a bundle', async (why, text) => {
    expect(checkAsar(await pack(new Map([...good, ['out/main/main.js', text]])), { target, places: ['/home/somebody/project'] })).toEqual([`${why} inside out/main/main.js`])
  })

  it('is wrong when a developer’s description came along', async () => {
    const manifest = '{"type":"module","main":"out/main/main.js","devDependencies":{},"scripts":{}}'
    expect(checkAsar(await pack(new Map([...good, ['package.json', manifest]])), { target })).toEqual(['package.json still has devDependencies', 'package.json still has scripts'])
    expect(checkAsar(await pack(new Map([...good, ['package.json', '{"main":"evil.js"}']])), { target })).toEqual(['package.json does not start out/main/main.js as a module'])
  })

  it('is wrong when a byte was changed inside, or in a binary beside it', async () => {
    const archive = await pack(good)
    const bytes = readFileSync(archive)
    const at = bytes.indexOf('/* preload.cjs */')
    bytes.write('/* PRELOAD.CJS */', at)
    writeFileSync(archive, bytes)
    writeFileSync(join(`${archive}.unpacked`, node), '/* another */')
    expect(checkAsar(archive, { target })).toEqual(expect.arrayContaining(['its hash is not that of the header: out/preload/preload.cjs', `its hash is not that of the header: ${node}`]))
  })

  it('is wrong with a file beside it that it does not know', async () => {
    const archive = await pack(good)
    const known = [...good.keys()].filter((path) => path.endsWith('.node'))
    expect(checkAsar(archive, { target, unpackedOnDisk: [...known, 'node_modules/evil.node'] })).toEqual(['beside the archive and unknown to it: node_modules/evil.node'])
  })

  it('cannot be read when it is cut short, when a binary is missing, or when it is something else', async () => {
    const archive = await pack(good)
    const bytes = readFileSync(archive)
    const refused = (content: Buffer, message: string): void => {
      writeFileSync(archive, content)
      expect(() => readAsar(archive)).toThrow(expect.objectContaining({ name: 'AsarError', message: expect.stringContaining(message) as string }) as Error)
    }
    refused(bytes.subarray(0, bytes.length - 5), 'outside the archive')
    refused(bytes.subarray(0, 200), 'cut short')
    refused(Buffer.from('PK\x03\x04 this is a zip, not an archive'), 'not an asar archive')
    refused(Buffer.alloc(0), 'not an asar archive')
    rmSync(join(`${archive}.unpacked`, node))
    refused(bytes, 'unpacked file is missing')
  })
})

describe('a made archive with a bad header', () => {
  const archiveOf = (header: unknown): Buffer => {
    const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
    const padded = Math.ceil(text.length / 4) * 4
    const head = Buffer.alloc(16 + padded)
    head.writeUInt32LE(4, 0)
    head.writeUInt32LE(8 + padded, 4)
    head.writeUInt32LE(4 + padded, 8)
    head.writeUInt32LE(text.length, 12)
    text.copy(head, 16)
    return head
  }
  it.each([
    ['a link', { files: { 'main.js': { link: '../../outside' } } }, 'neither a folder nor a file'],
    ['a name that climbs', { files: { '..': { files: {} } } }, 'no name'],
    ['a name with a slash', { files: { 'a/b': { size: 0, offset: '0' } } }, 'no name'],
    ['a size below nothing', { files: { a: { size: -1, offset: '0' } } }, 'neither a folder nor a file'],
    ['no place', { files: { a: { size: 4 } } }, 'outside the archive'],
    ['text that is no JSON', '{"files":', 'not JSON'],
  ])('is refused: %s', async (_, header, message) => {
    const archive = await pack(good)
    writeFileSync(archive, archiveOf(header))
    expect(() => readAsar(archive)).toThrow(message)
  })
})
