import type Electron from 'electron'
import { onCommand } from './link.ts'
import { KnownEvents, strict } from './strict.ts'
import type { Listeners } from './strict.ts'

type PowerEvents = { suspend: []; resume: []; 'lock-screen': []; 'unlock-screen': []; shutdown: []; 'on-ac': []; 'on-battery': []; 'user-did-become-active': []; 'user-did-resign-active': [] }
type Used = Pick<Electron.PowerMonitor, 'getSystemIdleState' | 'getSystemIdleTime' | 'isOnBatteryPower'>

const events = new KnownEvents<PowerEvents>('powerMonitor', {
  suspend: 'said',
  resume: 'said',
  'lock-screen': 'said',
  'unlock-screen': 'said',
  shutdown: 'said',
  'on-ac': 'silent',
  'on-battery': 'silent',
  'user-did-become-active': 'silent',
  'user-did-resign-active': 'silent',
})
let idle = { seconds: 0, locked: false }

const used: Used = {
  getSystemIdleState: (threshold) => (idle.locked ? 'locked' : idle.seconds >= threshold ? 'idle' : 'active'),
  getSystemIdleTime: () => idle.seconds,
  isOnBatteryPower: () => false,
}

export const powerMonitor = strict('powerMonitor', Object.assign(events, used))

/** Compiles only while the arguments above are those of Electron. */
export function checkPowerEvents(real: Electron.PowerMonitor, hear: Listeners<PowerEvents>): void {
  real.on('suspend', hear.suspend)
  real.on('resume', hear.resume)
  real.on('lock-screen', hear['lock-screen'])
  real.on('unlock-screen', hear['unlock-screen'])
  real.on('shutdown', hear.shutdown)
}

onCommand('power', ({ event }) => {
  events.say(event)
  return null
})
onCommand('idle', (next) => {
  idle = { ...next }
  return null
})
