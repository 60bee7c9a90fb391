import type Electron from 'electron'
import { tell } from './link.ts'
import { strict } from './strict.ts'

/** There is no network here: the test sees what was asked of one. */
export const net = strict('net', {
  fetch: (input) => {
    const address = typeof input === 'string' ? input : input.url
    tell({ note: 'network', address })
    return Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED'))
  },
  isOnline: () => false,
} satisfies Pick<Electron.Net, 'fetch' | 'isOnline'>)
