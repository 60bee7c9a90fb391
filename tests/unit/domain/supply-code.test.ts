import { describe, expect, it } from 'vitest'
import { checkPdr, checkPod, podKey, repairPodPrefix, suggestPdr, suggestPod } from '../../../shared/domain/supply-code.ts'

describe('POD', () => {
  it.each(['IT001E12345678', 'IT001E123456789', 'IT001E12345678A'])('%s is accepted', code => {
    expect(checkPod(code)).toEqual({ ok: true, value: code })
  })
  it('is accepted with spaces and small letters', () => {
    expect(checkPod('it 001 e 1234 5678')).toEqual({ ok: true, value: 'IT001E12345678' })
  })
  it.each([
    ['', 'pod_empty'], ['IT001E1234567', 'pod_length'], ['IT001E1234567890', 'pod_length'], ['ITOO1E12345678', 'pod_format'], ['IT001G12345678', 'pod_format'],
    ['FR001E12345678', 'pod_format'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(checkPod(typed)).toEqual({ ok: false, reason })
  })
  it('is the same with and without its control character', () => {
    expect(podKey('IT001E12345678A')).toBe(podKey('it001e 12345678'))
  })
  it('is completed from what the meter shows', () => {
    expect(suggestPod('12345678')).toBe('IT001E12345678')
    expect(suggestPod('12345678A')).toBe('IT001E12345678A')
  })
  it('gets its look-alikes put right', () => {
    expect(suggestPod('1TOO1EI2345678')).toBe('IT001E12345678')
    expect(suggestPod('IT001E12345678')).toBeNull()
    expect(suggestPod('rossi mario')).toBeNull()
    expect(repairPodPrefix('itO0')).toBe('IT00')
    expect(repairPodPrefix('italia')).toBe('')
  })
})

describe('PDR', () => {
  it('is 14 digits', () => {
    expect(checkPdr('03340009749021')).toEqual({ ok: true, value: '03340009749021' })
    expect(checkPdr('0334 0009 749021')).toEqual({ ok: true, value: '03340009749021' })
  })
  it.each([['012345678910112', 'pdr_length'], ['3340009749021', 'pdr_length'], ['', 'pdr_empty'], ['0334000974902A', 'pdr_format']])('%j is refused: %s', (typed, reason) => {
    expect(checkPdr(typed)).toEqual({ ok: false, reason })
  })
  it('gets its missing leading zero back as a suggestion', () => {
    expect(suggestPdr('3340009749021')).toBe('03340009749021')
    expect(suggestPdr('O334OOO9749O21')).toBe('03340009749021')
    expect(suggestPdr('03340009749021')).toBeNull()
    expect(suggestPdr('012345678910112')).toBeNull()
    expect(suggestPdr('334')).toBeNull()
  })
})
