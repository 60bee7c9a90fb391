import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLinkFile } from '../../../electron/main/link-file.ts'

const link = 'sportello://customer/unogas/0001234'
const asks = { do: 'open', target: { to: 'customer', customerId: 'unogas:0001234' } }
const refused = { do: 'badLinkFile' }

describe('a link file on the disk', () => {
  let folder = ''
  const at = (name: string): string => join(folder, `${name}.sportello`)
  const open = (path: string) => openLinkFile(path, process.platform)
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'link-file-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('asks what its link asks, by path and by address', async () => {
    writeFileSync(at('un cliente'), `${link}\n`)
    expect(await open(at('un cliente'))).toEqual(asks)
    expect(await open(pathToFileURL(at('un cliente')).href)).toEqual(asks)
  })

  it('is read to its end or not at all', async () => {
    const longest = `sportello://lookup/${'%61'.repeat(93)}`
    writeFileSync(at('whole'), `${longest}\n`)
    writeFileSync(at('long'), `${link}\n${' '.repeat(10_000_000)}`)
    expect(await open(at('whole'))).toEqual({ do: 'lookup', text: 'a'.repeat(93) })
    expect(await open(at('long'))).toEqual(refused)
  })

  it('is nothing but a regular file', async () => {
    writeFileSync(at('good'), link)
    mkdirSync(at('folder'))
    symlinkSync(at('good'), at('link'))
    symlinkSync(at('loop'), at('loop'))
    symlinkSync(join(folder, 'round'), join(folder, 'round'))
    symlinkSync('/dev/zero', at('zero'))
    if (process.platform !== 'win32') execFileSync('mkfifo', [at('pipe')])
    for (const name of ['folder', 'link', 'loop', 'round/x', 'zero', 'pipe', 'good/x', 'gone', 'x'.repeat(300)]) expect([name, await open(at(name))]).toEqual([name, refused])
  })
})
