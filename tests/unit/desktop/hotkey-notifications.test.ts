import { describe, expect, it } from 'vitest'
import { createHotkey } from '../../../electron/main/hotkey.ts'
import { createNotifications } from '../../../electron/main/notifications.ts'
import type { NoticeHeard } from '../../../electron/main/notifications.ts'
import { shellWords } from '../../../electron/main/words.ts'
import type { Notice, NoticeTarget } from '../../../shared/contract/shell.ts'

const [first, second] = ['CommandOrControl+Shift+Space', 'CommandOrControl+Shift+K'] as const

/** A system that gives a key unless it is taken, and a clipboard. */
function keyboard(options: { readonly taken?: readonly string[]; readonly clipboard?: () => Promise<string>; readonly throws?: boolean } = {}) {
  const given = new Map<string, () => void>()
  const pressed: string[] = []
  const back: string[] = []
  const hotkey = createHotkey({
    shortcut: {
      register: (accelerator, press) => {
        if (options.throws === true) throw new Error('unknown key')
        if (options.taken?.includes(accelerator) === true) return false
        given.set(accelerator, press)
        return true
      },
      unregister: (accelerator) => {
        back.push(accelerator)
        given.delete(accelerator)
      },
    },
    readClipboard: options.clipboard ?? (() => Promise.resolve('  338 421\n90 17 ')),
    pressed: (text) => pressed.push(text),
  })
  const press = async (accelerator: string): Promise<void> => {
    given.get(accelerator)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { hotkey, given, back, pressed, press }
}

describe('the hotkey', () => {
  it('hands the copied text on in one line', async () => {
    const { hotkey, pressed, press } = keyboard()
    expect(hotkey.set(first)).toEqual({ wanted: first, state: 'on' })
    await press(first)
    expect(pressed).toEqual(['338 421 90 17'])
  })

  it('calls the lookup without text when the clipboard cannot be read', async () => {
    const { hotkey, pressed, press } = keyboard({ clipboard: () => Promise.reject(new Error('locked')) })
    hotkey.set(first)
    await press(first)
    expect(pressed).toEqual([''])
  })

  it('gives the old key back when another is chosen, and the last when none is', () => {
    const { hotkey, given } = keyboard()
    hotkey.set(first)
    hotkey.set(second)
    expect([...given.keys()]).toEqual([second])
    expect(hotkey.set(null)).toEqual({ wanted: null, state: 'off' })
    expect(given.size).toBe(0)
  })

  it.each([{ taken: [first] }, { throws: true }])('says so when the system refuses the key: %j', (options) => {
    const { hotkey, back } = keyboard(options)
    expect(hotkey.set(first)).toEqual({ wanted: first, state: 'taken' })
    expect(hotkey.state()).toEqual({ wanted: first, state: 'taken' })
    // Nothing was given, so nothing of another program may be taken away.
    expect(hotkey.set(null).state).toBe('off')
    expect(back).toEqual([])
  })
})

const ready: Notice = { notice: 'indexReady', target: { to: 'area', area: 'lookup' } }
const changed = (tabId: string): Notice => ({ notice: 'ticketChanged', target: { to: 'tab', tabId } })

function system(state: { supported: boolean; focused: boolean } = { supported: true, focused: false }) {
  const shown: { title: string; heard: NoticeHeard; open: boolean }[] = []
  const pressed: [string, NoticeTarget][] = []
  const counts: number[] = []
  const notifications = createNotifications({
    supported: () => state.supported,
    focused: () => state.focused,
    make: ({ title }, heard) => {
      const one = { title, heard, open: false }
      return { show: () => void shown.push(Object.assign(one, { open: true })), close: () => void (one.open = false) }
    },
    words: () => shellWords.it,
    pressed: (clientId, target) => pressed.push([clientId, target]),
    unread: (count) => counts.push(count),
  })
  return { notifications, shown, pressed, counts, state }
}

describe('notifications', () => {
  it('are counted until the person looks', () => {
    const { notifications, counts } = system()
    notifications.notify('a', ready)
    notifications.notify('a', changed('t1'))
    notifications.seen()
    notifications.seen()
    expect(counts).toEqual([1, 2, 0])
  })

  it('lead where they say, to the window they belong to, once', () => {
    const { notifications, shown, pressed } = system()
    notifications.notify('a', changed('t1'))
    shown[0]?.heard.click()
    shown[0]?.heard.click()
    expect(pressed).toEqual([['a', { to: 'tab', tabId: 't1' }]])
  })

  it('tell every window’s news once', () => {
    const { notifications, shown } = system()
    expect(notifications.notify('a', ready)).toBe(true)
    expect(notifications.notify('b', ready)).toBe(false)
    notifications.seen()
    expect(notifications.notify('b', ready)).toBe(true)
    expect(shown).toHaveLength(2)
  })

  it.each([{ supported: false, focused: false }, { supported: true, focused: true }])('are not claimed where none is shown: %j', (state) => {
    const { notifications, shown, counts } = system(state)
    expect(notifications.notify('a', ready)).toBe(false)
    expect([shown, counts]).toEqual([[], []])
  })

  it('do not count what the system could not show', () => {
    const { notifications, shown } = system()
    notifications.notify('a', ready)
    shown[0]?.heard.failed()
    expect(notifications.unread()).toBe(0)
  })

  it('leave with the person they were for', () => {
    const { notifications, shown, pressed } = system()
    notifications.notify('a', changed('t1'))
    notifications.notify('b', changed('t2'))
    notifications.forget('a')
    expect(shown.map(({ open }) => open)).toEqual([false, true])
    shown[0]?.heard.click()
    expect(pressed).toEqual([])
    notifications.forget('b')
    expect(notifications.unread()).toBe(0)
  })
})
