import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { busyKinds } from '../../../electron/core/busy.ts'
import { decideInstall, decideUpdate, isSignedFile, isSignedOffer, readUpdateUrl, rolloutBucket } from '../../../electron/main/policy/update-decision.ts'
import type { UpdateFacts } from '../../../electron/main/policy/update-decision.ts'
import { installer, sampleManifest, sha512 } from '../../support/release-keys.ts'

const facts = (change: Partial<UpdateFacts> = {}): UpdateFacts => ({ currentVersion: '1.3.0', now: new Date('2026-11-21T09:00:00.000Z'), deskId: 'desk-1', ...change })
const decide = (manifest: Parameters<typeof sampleManifest>[0] = {}, change: Partial<UpdateFacts> = {}) => {
  const decided = decideUpdate(sampleManifest(manifest), facts(change))
  return decided.kind === 'refuse' ? decided.problem : decided.kind
}

describe('an update', () => {
  it('that is newer and in time is taken', () => expect(decide()).toBe('take'))

  it.each([
    ['of another program', { product: 'altro' }, {}, 'wrong_product'],
    ['that is older', { version: '1.2.9' }, {}, 'downgrade'],
    ['that goes back from a release to its beta', { version: '1.3.0-beta.1' }, {}, 'downgrade'],
    ['that is older and out of time is told as older', { version: '1.2.9', notAfter: '2026-01-01T00:00:00.000Z' }, {}, 'downgrade'],
    ['that is here already', { version: '1.3.0' }, {}, 'current'],
    ['out of time', { notAfter: '2026-11-21T08:59:59.999Z' }, {}, 'expired'],
    ['in time to the instant', { notAfter: '2026-11-21T09:00:00.000Z' }, {}, 'take'],
    ['for newer desks than this', { minimumVersion: '1.3.1' }, {}, 'too_old_to_update'],
    ['for desks just like this', { minimumVersion: '1.3.0' }, {}, 'take'],
    ['for nobody yet', { rollout: 0 }, {}, 'later'],
    ['to a desk that does not know its own version', {}, { currentVersion: 'dev' }, 'unreadable_version'],
    ['at a time that is none', {}, { now: new Date(Number.NaN) }, 'expired'],
  ] as const)('%s', (_, manifest, change, decided) => expect(decide(manifest, change)).toBe(decided))

  it('never takes a desk back, whatever else the manifest says', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((numbers) => numbers.join('.'))
    const value = (text: string) => text.split('.').reduce((sum, part) => sum * 10 + Number(part), 0)
    fc.assert(fc.property(version, version, fc.nat(100), (offered, current, rollout) => decide({ version: offered, minimumVersion: '0.0.0', rollout }, { currentVersion: current }) !== 'take' || value(offered) > value(current)))
  })
})

describe('a roll-out', () => {
  it('asks each desk the same way every time, and never takes an update back from a desk as it grows', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(99), fc.nat(100), (deskId, rollout, more) => {
        const before = decide({ rollout }, { deskId })
        return before === decide({ rollout }, { deskId }) && (before !== 'take' || decide({ rollout: Math.min(100, rollout + more) }, { deskId }) === 'take')
      }),
    )
  })

  it('reaches about as many desks as it says, and others first with another version', () => {
    const desks = Array.from({ length: 4000 }, (_, at) => `desk-${at}`)
    for (const rollout of [10, 50]) {
      const reached = desks.filter((deskId) => decide({ rollout }, { deskId }) === 'take').length
      expect(Math.abs(reached / desks.length - rollout / 100)).toBeLessThan(0.04)
    }
    expect(desks.some((deskId) => rolloutBucket(deskId, '1.4.0') !== rolloutBucket(deskId, '1.5.0'))).toBe(true)
    expect(desks.every((deskId) => rolloutBucket(deskId, '1.4.0') < 100)).toBe(true)
  })
})

describe('what the updater offers', () => {
  const manifest = sampleManifest()
  const file = { url: 'Sportello-Setup-1.4.0.exe', sha512: sha512(installer), size: installer.length }
  const offer = { version: '1.4.0', files: [file] }

  it('is taken when it is what was signed', () => {
    expect(isSignedOffer(offer, manifest)).toBe(true)
    expect(isSignedOffer({ ...offer, files: [{ url: file.url, sha512: file.sha512 }] }, manifest)).toBe(true)
    expect(isSignedFile({ sha512: file.sha512, size: file.size }, manifest)).toBe(true)
  })

  it.each([
    ['another version', { ...offer, version: '1.3.9' }],
    ['no file', { ...offer, files: [] }],
    ['another file beside the signed one', { ...offer, files: [file, { ...file, url: 'x.exe' }] }],
    ['another sum', { ...offer, files: [{ ...file, sha512: sha512('x') }] }],
    ['another size', { ...offer, files: [{ ...file, size: 1 }] }],
    ['another server', { ...offer, files: [{ ...file, url: `https://evil.example/${file.url}` }] }],
  ])('is refused with %s', (_, other) => expect(isSignedOffer(other, manifest)).toBe(false))

  it('is refused on the disk with another sum or size', () => {
    expect(isSignedFile({ sha512: sha512('x'), size: installer.length }, manifest)).toBe(false)
    expect(isSignedFile({ sha512: sha512(installer), size: installer.length + 1 }, manifest)).toBe(false)
  })
})

describe('installing', () => {
  it.each(busyKinds)('waits for a %s', (kind) => expect(decideInstall([kind])).toBe('wait'))
  it('is asked about otherwise', () => expect(decideInstall([])).toBe('ask'))
})

describe('the server', () => {
  it.each([
    ['https://hub.example/updates', 'https://hub.example/updates/'],
    ['https://hub.example', 'https://hub.example/'],
    ['https://hub.example:8443/a/', 'https://hub.example:8443/a/'],
  ])('%s is taken', (text, href) => expect(readUpdateUrl(text)?.href).toBe(href))
  it.each(['', 'http://hub.example/', 'file:///x', 'https://user@hub.example/', 'https://user:x@hub.example/', 'https://hub.example/?x', 'https://hub.example/#x', 'hub.example', 'javascript:x'])('%j is not', (text) => expect(readUpdateUrl(text)).toBeNull())
})
