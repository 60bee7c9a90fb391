import { expect, it } from 'vitest'
import { createPasswords, hubHashCost } from '../../../hub/identity/passwords.ts'
import { testHashCost } from '../../support/hash-cost.ts'

it('costs what OWASP asks for, and says so in what it stores', async () => {
  expect(await createPasswords(hubHashCost).hash('una password di prova')).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/)
})

it('knows a password again, however its letters were typed', async () => {
  const passwords = createPasswords(testHashCost)
  const stored = await passwords.hash('caffe\u0300 lungo')
  expect(await passwords.matches(stored, 'caff\u00e8 lungo')).toBe(true)
  expect(await passwords.matches(stored, 'caffe lungo')).toBe(false)
})

it('never lets anybody in without a password of their own', async () => {
  expect(await createPasswords(testHashCost).matches(null, 'nobody has this password')).toBe(false)
})

it.each(['somebody', 'nobody'])('hashes a few at a time and turns a flood away, for %s alike', async (who) => {
  const passwords = createPasswords(testHashCost)
  const stored = who === 'somebody' ? await passwords.hash('una password di prova') : null
  const all = await Promise.allSettled(Array.from({ length: 70 }, () => passwords.matches(stored, 'wrong')))
  // Who is unknown takes a place like anybody else: the time to answer tells nothing.
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(66)
  expect(all.filter((result) => result.status === 'rejected').map((result) => (result.reason as { code: string; status: number }).code)).toEqual(['busy', 'busy', 'busy', 'busy'])
  expect(await passwords.matches(stored, 'wrong')).toBe(false)
})
