import type Electron from 'electron'
import { onCommand } from './link.ts'
import { machine } from './settings.ts'
import { KnownEvents, strict } from './strict.ts'

let dark = machine.dark
const events = new KnownEvents<{ updated: [] }>('nativeTheme', { updated: 'said' })
let source: Electron.NativeTheme['themeSource'] = 'system'

const used: Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'themeSource'> = {
  get shouldUseDarkColors() {
    return source === 'system' ? dark : source === 'dark'
  },
  shouldUseHighContrastColors: false,
  get themeSource() {
    return source
  },
  set themeSource(next) {
    source = next
    events.say('updated')
  },
}

export const nativeTheme = strict('nativeTheme', Object.defineProperties(events, Object.getOwnPropertyDescriptors(used)) as typeof events & typeof used)

onCommand('set-dark', (input) => {
  dark = input.dark
  events.say('updated')
  return null
})
