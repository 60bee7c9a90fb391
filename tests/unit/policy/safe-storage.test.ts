import { describe, expect, it } from 'vitest'
import { decideAfterRefusal, decideAfterSilence, decideFirst, decideRewrap, decideStranger, isWeak, storeName } from '../../../electron/main/policy/safe-storage.ts'
import type { SecretFacts, StoreName } from '../../../electron/main/policy/safe-storage.ts'

const safe: readonly StoreName[] = ['keychain', 'dpapi', 'gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6']
const weak: readonly StoreName[] = ['basic_text', 'unknown']
const facts = (change: Partial<SecretFacts>): SecretFacts => ({ store: 'keychain', available: true, kept: 'missing', keptStore: null, needed: false, ...change })

/** Every combination there is, the kept store being the present one, another, or none where nothing is kept. */
const everything: readonly SecretFacts[] = [...safe, ...weak].flatMap((store) =>
  [true, false].flatMap((available) =>
    [true, false].flatMap((needed) => [
      ...(['missing', 'damaged'] as const).map((kept) => facts({ store, available, needed, kept })),
      ...[store, 'kwallet6', 'keychain'].map((keptStore) => facts({ store, available, needed, kept: 'kept', keptStore })),
    ]),
  ),
)

describe('the key store', () => {
  it.each([
    ['darwin', null, 'keychain'],
    ['win32', null, 'dpapi'],
    ['linux', 'gnome_libsecret', 'gnome_libsecret'],
    ['linux', 'kwallet5', 'kwallet5'],
    ['linux', 'basic_text', 'basic_text'],
    ['linux', 'unknown', 'unknown'],
    ['linux', 'a_store_of_tomorrow', 'unknown'],
    ['linux', 'constructor', 'unknown'],
    ['linux', null, 'unknown'],
    ['freebsd', null, 'unknown'],
  ] as const)('of %s with %s is %s', (platform, selected, name) => expect(storeName(platform, selected)).toBe(name))

  it('is safe only where it hides the key', () => {
    expect(safe.filter(isWeak)).toEqual([])
    expect(weak.filter((store) => !isWeak(store))).toEqual([])
  })
})

describe('the device secret', () => {
  it.each(safe)('is made at the first start with %s', (store) => expect(decideFirst(facts({ store }))).toEqual({ step: 'make' }))
  it.each(weak)('is not made with %s, and the person is told', (store) => expect(decideFirst(facts({ store }))).toEqual({ step: 'without', state: 'weak_store' }))
  it('is not made with a store that does not answer, and the person is told', () => expect(decideFirst(facts({ available: false }))).toEqual({ step: 'without', state: 'unavailable' }))
  it.each(safe)('is read from %s once it is there', (store) => expect(decideFirst(facts({ store, kept: 'kept', keptStore: store, needed: true }))).toEqual({ step: 'unwrap' }))

  it('is never made where there was one: neither kept, nor damaged, nor known to a key slot', () => {
    const made = everything.filter((one) => decideFirst(one).step === 'make')
    expect(made.length).toBeGreaterThan(0)
    expect(made.filter(({ kept, needed }) => kept !== 'missing' || needed)).toEqual([])
  })

  it('is never read from a store that hides nothing or does not answer', () => {
    expect(everything.filter((one) => decideFirst(one).step === 'unwrap' && (isWeak(one.store) || !one.available || one.kept !== 'kept'))).toEqual([])
  })

  it('is said to block exactly when somebody needs it and it cannot be had', () => {
    for (const one of everything) {
      const first = decideFirst(one)
      if (first.step === 'without') expect(first.state.startsWith('blocked_'), JSON.stringify(one)).toBe(one.needed)
      expect(decideAfterRefusal(one).state.startsWith('blocked_')).toBe(one.needed)
      expect(decideAfterSilence(one).state).toBe(one.needed ? 'blocked_unavailable' : 'unavailable')
    }
  })

  it.each([
    [{ kept: 'missing', needed: true }, 'blocked_missing'],
    [{ kept: 'damaged', needed: true }, 'blocked_damaged'],
    [{ kept: 'damaged', needed: false }, 'set_aside'],
    [{ kept: 'kept', keptStore: 'keychain', needed: true, available: false }, 'blocked_unavailable'],
    [{ kept: 'kept', keptStore: 'gnome_libsecret', store: 'basic_text', needed: true }, 'blocked_changed'],
    [{ kept: 'kept', keptStore: 'gnome_libsecret', store: 'basic_text', needed: false }, 'weak_store'],
    [{ kept: 'kept', keptStore: 'keychain', needed: false, available: false }, 'unavailable'],
  ] as const)('with %j is %s', (change, state) => expect(decideFirst(facts(change))).toEqual({ step: 'without', state }))

  it('that the store will not give back is told apart from a store that was exchanged', () => {
    expect(decideAfterRefusal(facts({ kept: 'kept', keptStore: 'keychain', needed: true })).state).toBe('blocked_unreadable')
    expect(decideAfterRefusal(facts({ store: 'kwallet6', kept: 'kept', keptStore: 'gnome_libsecret', needed: true })).state).toBe('blocked_changed')
    expect(decideAfterRefusal(facts({ kept: 'kept', keptStore: 'keychain' })).state).toBe('set_aside')
    expect(decideStranger().state).toBe('blocked_missing')
  })

  it('is wrapped afresh when the store asks for it or is another one', () => {
    expect(decideRewrap(facts({ keptStore: 'keychain' }), false)).toBe(false)
    expect(decideRewrap(facts({ keptStore: 'keychain' }), true)).toBe(true)
    expect(decideRewrap(facts({ store: 'kwallet6', keptStore: 'kwallet5' }), false)).toBe(true)
  })
})
