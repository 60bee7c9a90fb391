import { safeStorage } from 'electron'
import type { SecretStore } from './device-secret.ts'

/** Electron's key store by its asynchronous calls only: the others are gone in Electron 46. Use it after `ready`. */
export const systemSecretStore: SecretStore = {
  isAvailable: () => safeStorage.isAsyncEncryptionAvailable(),
  selected: () => (process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null),
  wrap: (text) => safeStorage.encryptStringAsync(text),
  unwrap: async (sealed) => {
    const first = await safeStorage.decryptStringAsync(sealed)
    if (!first.shouldReEncrypt) return { text: first.result, stale: false }
    // As Electron's documentation asks: once more, for the text under the newer key.
    const { result } = await safeStorage.decryptStringAsync(sealed)
    return { text: result, stale: true }
  },
}
