import type { DeviceKeyState } from '../../../shared/contract/session.ts'

/** What the operating system's key store gives to this desk, and how it stands with it. */
export type DeviceKey = { readonly state: DeviceKeyState; readonly secret: Uint8Array | null }

/** A host without a key store: the passwords alone keep the data. */
export const passwordOnly: DeviceKey = { state: 'no_store', secret: null }
