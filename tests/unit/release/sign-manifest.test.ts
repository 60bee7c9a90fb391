import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readManifest } from '../../../electron/main/policy/update-manifest.ts'
import { runSigning } from '../../../scripts/release/sign-manifest.ts'
import { sha512 } from '../../support/release-keys.ts'

const now = new Date('2026-11-21T09:00:00.000Z')
let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sportello-release-'))
  writeFileSync(join(dir, 'Sportello-Setup-1.4.0.exe'), 'windows')
  writeFileSync(join(dir, 'Sportello-1.4.0.AppImage'), 'linux')
  writeFileSync(join(dir, 'latest.yml'), 'version: 1.4.0')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const args = (...more: string[]) => ['--dir', dir, '--version', '1.4.0', '--minimum', '1.0.0', '--days', '30', '--rollout', '10', '--key-id', '2026-a', ...more]
const keyFile = () => join(dir, 'release.pem')
const makeKey = async () => (await runSigning(['--new-key', keyFile()], {}, now)).trim().split(': ')[1] ?? ''
const secretOf = (pem: string) => pem.split('\n')[1] ?? ''

describe('the signing of a release', () => {
  it('lists the installers and nothing else, and a desk with the public key takes it', async () => {
    const publicKey = await makeKey()
    expect(await runSigning(args('--key-file', keyFile()), {}, now)).toBe('sportello-update.signed: 1.4.0, 2 file(s), 10 %, until 2026-12-21T09:00:00.000Z\n')
    const read = readManifest(readFileSync(join(dir, 'sportello-update.signed')), [{ id: '2026-a', publicKey }])
    expect(read).toEqual({
      ok: true,
      manifest: {
        product: 'sportello', version: '1.4.0', minimumVersion: '1.0.0', notAfter: '2026-12-21T09:00:00.000Z', rollout: 10,
        files: [{ name: 'Sportello-1.4.0.AppImage', sha512: sha512('linux'), size: 5 }, { name: 'Sportello-Setup-1.4.0.exe', sha512: sha512('windows'), size: 7 }],
      },
    })
  })

  it('takes the key from the environment too', async () => {
    const publicKey = await makeKey()
    await runSigning(args(), { SPORTELLO_RELEASE_KEY: readFileSync(keyFile(), 'utf8') }, now)
    expect(readManifest(readFileSync(join(dir, 'sportello-update.signed')), [{ id: '2026-a', publicKey }]).ok).toBe(true)
  })

  it('keeps a new key to its owner, does not write over an old one, and shows the public half only', async () => {
    const shown = await runSigning(['--new-key', keyFile()], {}, now)
    const pem = readFileSync(keyFile(), 'utf8')
    if (process.platform !== 'win32') expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
    expect(shown).not.toContain(secretOf(pem))
    await expect(runSigning(['--new-key', keyFile()], {}, now)).rejects.toThrow('there already')
    expect(readFileSync(keyFile(), 'utf8')).toBe(pem)
  })

  it('never tells a key, whatever goes wrong', async () => {
    await makeKey()
    const pem = readFileSync(keyFile(), 'utf8')
    const secret = secretOf(pem)
    const broken = pem.replace('PRIVATE', 'PRIVAT')
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const tries: [string[], Record<string, string>][] = [
      [args(), {}],
      [args(), { SPORTELLO_RELEASE_KEY: broken }],
      [args(), { SPORTELLO_RELEASE_KEY: secret }],
      [args(), { SPORTELLO_RELEASE_KEY: other }],
      [args('--key-file', join(dir, 'gone')), {}],
      [args('--rollout', '200'), { SPORTELLO_RELEASE_KEY: pem }],
      [args('--days', 'x'), { SPORTELLO_RELEASE_KEY: pem }],
      [args('--version', 'latest'), { SPORTELLO_RELEASE_KEY: pem }],
      [args('--what'), { SPORTELLO_RELEASE_KEY: pem }],
      [[], { SPORTELLO_RELEASE_KEY: pem }],
    ]
    for (const [given, env] of tries) {
      const error: unknown = await runSigning(given, env, now).then(() => null, (reason: unknown) => reason)
      expect(error, given.join(' ')).toMatchObject({ name: 'ReleaseTrouble' })
      for (const told of [String(error), String((error as Error).cause), (error as Error).stack ?? '']) {
        expect(told).not.toContain(secret)
        expect(told).not.toContain(secretOf(other))
      }
    }
  })

  it('signs no empty folder', async () => {
    await makeKey()
    for (const name of ['Sportello-Setup-1.4.0.exe', 'Sportello-1.4.0.AppImage']) rmSync(join(dir, name))
    await expect(runSigning(args('--key-file', keyFile()), {}, now)).rejects.toThrow('no installer')
  })
})
