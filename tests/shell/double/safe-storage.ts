import type Electron from 'electron'
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { onCommand } from './link.ts'
import { machine } from './settings.ts'
import { strict } from './strict.ts'

/** Key of the person on this machine, and a stranger's for every other: `home` is what they differ in. */
const key = createHash('sha256').update(`double of safeStorage\0${machine.home}\0${machine.keyStore}`).digest()
let [works, stale] = [!machine.keyStoreLocked, false]

/** The asynchronous calls only: the others are gone in Electron 46. */
export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: () => Promise.resolve(works),
  getSelectedStorageBackend: () => machine.keyStore,
  encryptStringAsync: (text) => answered(() => seal(text)),
  decryptStringAsync: (sealed) => answered(() => ({ shouldReEncrypt: stale, result: unseal(sealed) })),
} satisfies Pick<Electron.SafeStorage, 'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'>)

function answered<T>(act: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    if (!works) reject(new Error('Encryption is not available.'))
    else resolve(act())
  })
}

function seal(text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

function unseal(sealed: Buffer): string {
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  cipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([cipher.update(sealed.subarray(28)), cipher.final()]).toString('utf8')
}

onCommand('set-key-store', (input) => {
  ;[works, stale] = [input.works, input.stale]
  return null
})
