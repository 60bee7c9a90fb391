import type Electron from 'electron'
import { tell } from './link.ts'
import { strict } from './strict.ts'

/** Opens nothing: the test sees what would have been opened. */
export const shell = strict('shell', {
  openExternal: (address) => {
    tell({ note: 'external', address })
    return Promise.resolve()
  },
  beep: () => undefined,
} satisfies Pick<Electron.Shell, 'openExternal' | 'beep'>)
