import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, parseVersion } from '../../../electron/main/policy/version.ts'

const parsed = (text: string) => {
  const version = parseVersion(text)
  if (version === null) throw new Error(`no version: ${text}`)
  return version
}
/** The example of semver 2.0, section 11, and what comes around it. */
const ordered = ['0.0.1', '0.9.12', '0.10.0', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1', '2.0.0']

describe('versions', () => {
  it('are in the order of semver', () => {
    for (const [at, older] of ordered.entries())
      for (const [other, newer] of ordered.entries()) expect(Math.sign(compareVersions(parsed(older), parsed(newer))), `${older} ${newer}`).toBe(Math.sign(at - other))
  })

  it.each(['', '1', '1.0', '1.0.0.0', 'v1.0.0', '01.0.0', '1.0.0+build', '1.0.0-', '1.0.0-a..b', ' 1.0.0', '1.0.0\n', '1.0.-1', '1.0.0-ä', '9999999.0.0', 'latest'])('%j is none', (text) => expect(parseVersion(text)).toBeNull())

  it('compare the same both ways round', () => {
    const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.array(fc.constantFrom('a', 'b2', '1', '11'), { maxLength: 3 })).map(([a, b, c, pre]) => parsed(`${a}.${b}.${c}${pre.length > 0 ? `-${pre.join('.')}` : ''}`))
    fc.assert(fc.property(version, version, (a, b) => Math.sign(compareVersions(a, b)) === -Math.sign(compareVersions(b, a)) && compareVersions(a, a) === 0))
  })
})
