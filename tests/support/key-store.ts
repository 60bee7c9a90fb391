import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SecretStore } from '../../electron/main/device-secret.ts'

/** A key store of an operating system: real encryption, and what can go wrong with one. */
export type KeyStoreDouble = SecretStore & {
  selectedName: string | null
  available: boolean | 'rejects' | 'hangs'
  refuses: boolean
  stale: boolean
  wrapFails: boolean
  garbles: boolean
  /** The one kind of question that it neither answers nor refuses. */
  hangsAt: 'wrap' | 'unwrap' | null
  readonly asked: string[]
  /** Another user, another machine, another back end: what was wrapped before is noise to it. */
  changeKey: () => void
}

export function createKeyStore(selectedName: string | null = null): KeyStoreDouble {
  let key = randomBytes(32)
  const store: KeyStoreDouble = {
    selectedName,
    available: true,
    refuses: false,
    stale: false,
    wrapFails: false,
    garbles: false,
    hangsAt: null,
    asked: [],
    changeKey: () => {
      key = randomBytes(32)
    },
    selected: () => store.selectedName,
    isAvailable: () => {
      if (store.available === 'hangs') return new Promise(() => undefined)
      return store.available === 'rejects' ? Promise.reject(new Error('no bus')) : Promise.resolve(store.available)
    },
    wrap: (text) => {
      store.asked.push('wrap')
      if (store.hangsAt === 'wrap') return new Promise(() => undefined)
      if (store.wrapFails) return Promise.reject(new Error('locked'))
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()])
      store.stale = false
      return Promise.resolve(store.garbles ? randomBytes(sealed.length) : sealed)
    },
    unwrap: async (sealed) => {
      store.asked.push('unwrap')
      if (store.hangsAt === 'unwrap') return new Promise(() => undefined)
      await Promise.resolve()
      if (store.refuses) throw new Error('refused')
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
      decipher.setAuthTag(sealed.subarray(-16))
      const text = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString()
      return { text, stale: store.stale }
    },
  }
  return store
}
