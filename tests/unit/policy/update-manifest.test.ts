import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestManifest, readManifest, signManifest } from '../../../electron/main/policy/update-manifest.ts'
import { makeReleaseKey, sampleManifest } from '../../support/release-keys.ts'

const [first, second, stranger] = [makeReleaseKey('2026-a'), makeReleaseKey('2026-b'), makeReleaseKey('2026-c')]
const ring = [first.pinned, second.pinned]
const manifest = sampleManifest()
const signed = signManifest(manifest, first.id, first.privateKey)
const problem = (bytes: Uint8Array, keys = ring): string => {
  const read = readManifest(bytes, keys)
  return read.ok ? 'taken' : read.problem
}
/** Any text under a true signature: what is wrong with it then is its content. */
const signedText = (text: string, key = first): Buffer => {
  const signature = sign(null, Buffer.from(`sportello update 1\n${key.id}\n${text}`), key.privateKey)
  return Buffer.from(`sportello update 1\n${key.id}\n${signature.toString('base64')}\n${text}`)
}

describe('a signed manifest', () => {
  it('is read back as it was signed, by either key', () => {
    expect(readManifest(signed, ring)).toEqual({ ok: true, manifest })
    expect(readManifest(signManifest(manifest, second.id, second.privateKey), ring)).toEqual({ ok: true, manifest })
  })

  it('is taken from the other key when one has been put out of use', () => {
    expect(problem(signed, [second.pinned])).toBe('unknown_key')
    expect(problem(signManifest(manifest, second.id, second.privateKey), [second.pinned])).toBe('taken')
    expect(problem(signed, [])).toBe('unknown_key')
  })

  it('by a key that is not ours is refused, also under the name of one that is', () => {
    expect(problem(signManifest(manifest, stranger.id, stranger.privateKey))).toBe('unknown_key')
    expect(problem(signManifest(manifest, first.id, stranger.privateKey))).toBe('bad_signature')
    expect(problem(signManifest(manifest, second.id, first.privateKey))).toBe('bad_signature')
  })

  it('is refused when any one of its bytes is another one', () => {
    fc.assert(
      fc.property(fc.nat(signed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const tampered = Buffer.from(signed)
        tampered[at] = (tampered[at] ?? 0) ^ change
        return problem(tampered) !== 'taken'
      }),
      { numRuns: 3000 },
    )
    for (let at = 0; at < signed.length; at++) {
      for (const change of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const tampered = Buffer.from(signed)
        tampered[at] = (tampered[at] ?? 0) ^ change
        expect(problem(tampered), `byte ${at} ^ ${change}`).not.toBe('taken')
      }
    }
  })

  it('is refused when it is cut short anywhere, or has something more', () => {
    for (let length = 0; length < signed.length; length++) expect(problem(signed.subarray(0, length)), `${length}`).not.toBe('taken')
    for (const more of ['\n', ' ', '\0', '{}']) {
      expect(problem(Buffer.concat([signed, Buffer.from(more)]))).toBe('bad_signature')
      expect(problem(Buffer.concat([Buffer.from(more), signed]))).toBe('not_a_manifest')
    }
  })

  it.each([
    ['an error page', '<!doctype html><html><body>502 Bad Gateway</body></html>'],
    ['nothing', ''],
    ['the channel file', 'version: 1.4.0\nfiles:\n  - url: x.exe\n'],
    ['its JSON alone', JSON.stringify(manifest)],
    ['line ends of Windows', signed.toString('latin1').replace('\n', '\r\n')],
    ['a mark of the byte order', `\uFEFF${signed.toString('utf8')}`],
  ])('is not seen in %s', (_, text) => expect(problem(Buffer.from(text))).toBe('not_a_manifest'))

  it('is not seen in random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => problem(bytes) === 'not_a_manifest'))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => problem(Buffer.concat([signed.subarray(0, 117), bytes])) !== 'taken'))
  })

  it('longer than any honest one is not looked at', () => expect(problem(Buffer.alloc(longestManifest + 1))).toBe('too_long'))

  const bad: [string, string][] = [
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no files', JSON.stringify(sampleManifest({ files: [] }))],
    ['a field too many', JSON.stringify({ ...manifest, script: 'x' })],
    ['a field too few', JSON.stringify({ ...manifest, rollout: undefined })],
    ['a version that is none', JSON.stringify(sampleManifest({ version: 'latest' }))],
    ['a day without time', JSON.stringify(sampleManifest({ notAfter: '2026-12-20' }))],
    ['more than everybody', JSON.stringify(sampleManifest({ rollout: 101 }))],
    ...['../x.exe', 'a/b.exe', 'a\\b.exe', 'https://evil.example/x.exe', '', '.x', 'C:x.exe', 'x\0.exe'].map((name): [string, string] => [`a file called ${JSON.stringify(name)}`, JSON.stringify(sampleManifest({ files: [{ ...manifest.files[0]!, name }] }))]),
    ...['', 'abc', `${'A'.repeat(86)}=`, `${'A'.repeat(88)}==`].map((sha512): [string, string] => [`the sum ${JSON.stringify(sha512)}`, JSON.stringify(sampleManifest({ files: [{ ...manifest.files[0]!, sha512 }] }))]),
    ['a size of nothing', JSON.stringify(sampleManifest({ files: [{ ...manifest.files[0]!, size: 0 }] }))],
  ]
  it.each(bad)('is refused with %s, however well it is signed', (_, text) => expect(problem(signedText(text))).toBe('bad_content'))

  it('signed for something else does not fit', () => {
    const body = JSON.stringify(manifest)
    const alone = sign(null, Buffer.from(body), first.privateKey).toString('base64')
    expect(problem(Buffer.from(`sportello update 1\n${first.id}\n${alone}\n${body}`))).toBe('bad_signature')
  })

  it('is not read with a pinned key that is none', () => {
    for (const publicKey of ['', 'AAAA', 'x'.repeat(500)]) expect(problem(signed, [{ id: first.id, publicKey }])).toBe('bad_signature')
  })

  it('is not made of a manifest no desk would take, nor with another kind of key', () => {
    expect(() => signManifest(sampleManifest({ version: 'x' }), first.id, first.privateKey)).toThrow()
    expect(() => signManifest(manifest, 'two words', first.privateKey)).toThrow()
    expect(() => signManifest(manifest, first.id, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)).toThrow(TypeError)
  })
})
