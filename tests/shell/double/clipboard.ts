import type Electron from 'electron'
import { onCommand, tell } from './link.ts'
import { strict } from './strict.ts'

/** The application's clipboard; the page's own (`navigator.clipboard`) is Chromium's and another one. */
let text = ''

export const clipboard = strict('clipboard', {
  readText: () => Promise.resolve(text),
  writeText: (next) => {
    text = next
    tell({ note: 'clipboard', text })
    return Promise.resolve()
  },
  clear: () => void (text = ''),
} satisfies Pick<Electron.Clipboard, 'readText' | 'writeText' | 'clear'>)

export function copied(): string {
  return text
}

onCommand('set-clipboard', (input) => {
  text = input.text
  return null
})
