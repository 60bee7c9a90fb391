import { describe, expect, it } from 'vitest'
import { createActions, defineAction, EVERYWHERE } from '../../../renderer/src/ui/actions/registry.ts'
import { searchActions } from '../../../renderer/src/ui/actions/search.ts'
import { ariaShortcut, isSingleKey, matchesShortcut, shortcutCaps } from '../../../renderer/src/ui/actions/shortcut.ts'
import type { KeyPress } from '../../../renderer/src/ui/actions/shortcut.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })
const words = (key: string): string => key.split('.').at(-1) ?? key

describe('a shortcut', () => {
  it.each([
    ['mod+k', press('k', { ctrlKey: true }), false, true],
    ['mod+k', press('k', { ctrlKey: true }), true, false],
    ['mod+k', press('k', { metaKey: true }), true, true],
    ['n', press('n'), false, true],
    ['n', press('N', { shiftKey: true }), false, false],
    ['mod+shift+p', press('P', { ctrlKey: true, shiftKey: true }), false, true],
    // On an Italian keyboard the question mark is Shift and the apostrophe key.
    ['?', press('?', { shiftKey: true }), false, true],
    ['/', press('/', { shiftKey: true }), false, true],
    ['alt+l', press('¬', { altKey: true, code: 'KeyL' }), true, true],
    ['l', press('д', { code: 'KeyL' }), false, true],
    // Dvorak and the like: a letter that is there wins over the place on the keyboard.
    ['l', press('n', { code: 'KeyL' }), false, false],
    ['3', press('3', { code: 'Numpad3' }), false, true],
    ['ctrl+tab', press('Tab', { ctrlKey: true }), true, true],
    ['mod+enter', press('Enter'), false, false],
  ] as const)('%s', (shortcut, pressed, mac, heard) => {
    expect(matchesShortcut(pressed, shortcut, mac)).toBe(heard)
  })

  it('is shown with the names the keyboard has', () => {
    expect(shortcutCaps('mod+shift+enter', false, words)).toEqual(['ctrl', 'shift', 'enter'])
    expect(shortcutCaps('mod+k', true, words)).toEqual(['⌘', 'K'])
    expect(ariaShortcut('mod+k', false)).toBe('Control+K')
    expect(isSingleKey('?')).toBe(true)
    expect(isSingleKey('alt+l')).toBe(false)
  })
})

describe('the registry of actions', () => {
  const setUp = () => {
    const done: string[] = []
    const failures: unknown[] = []
    let singleKeys = true
    const actions = createActions({ singleKeys: () => singleKeys, failed: (problem) => failures.push(problem), mac: false })
    return { actions, done, failures, silence: () => (singleKeys = false) }
  }

  it('gives a key to the screen opened last, and back when that closes', () => {
    const { actions, done } = setUp()
    actions.add(defineAction({ id: 'desk.new', titleKey: 'ui.top.create', shortcut: 'n', run: () => void done.push('desk') }))
    const leave = actions.add(defineAction({ id: 'sheet.new', titleKey: 'ui.top.create', shortcut: 'n', run: () => void done.push('sheet') }))
    actions.press(press('n'), false)
    leave()
    actions.press(press('n'), false)
    expect(done).toEqual(['sheet', 'desk'])
  })

  it('lets a dialog silence the desk but not what works everywhere', () => {
    const { actions, done } = setUp()
    actions.add(defineAction({ id: 'desk.new', titleKey: 'ui.top.create', shortcut: 'n', run: () => void done.push('desk') }))
    actions.add(defineAction({ id: 'keys', titleKey: 'ui.keys.title', shortcut: '?', run: () => void done.push('keys') }), EVERYWHERE)
    const leave = actions.enter('dialog')
    expect(actions.press(press('n'), false)).toBe(false)
    expect(actions.press(press('?'), false)).toBe(true)
    leave()
    expect(actions.press(press('n'), false)).toBe(true)
    expect(done).toEqual(['keys', 'desk'])
  })

  it('keeps single keys silent while writing and when turned off, others not', () => {
    const { actions, done, silence } = setUp()
    actions.add(defineAction({ id: 'a', titleKey: 'ui.top.create', shortcut: ['n', 'mod+n'], run: () => void done.push('a') }))
    expect(actions.press(press('n'), true)).toBe(false)
    silence()
    expect(actions.press(press('n'), false)).toBe(false)
    expect(actions.press(press('n', { ctrlKey: true }), true)).toBe(true)
  })

  it('leaves out what makes no sense now and reports what fails', async () => {
    const { actions, failures } = setUp()
    let sense = false
    actions.add(defineAction({ id: 'a', titleKey: 'ui.top.create', shortcut: 'n', when: () => sense, run: () => Promise.reject(new Error('no')) }))
    expect(actions.available()).toEqual([])
    expect(actions.run('a')).toBe(false)
    sense = true
    expect(actions.run('a')).toBe(true)
    await Promise.resolve()
    await Promise.resolve()
    expect(failures).toHaveLength(1)
  })

  it('finds a command by its words, accents aside', () => {
    const action = (id: string) => defineAction({ id, titleKey: 'ui.top.create', run: () => undefined })
    const titles: Record<string, string> = { a: 'Nuova attività', b: 'Attività recenti', c: 'Cerca' }
    const found = searchActions([action('a'), action('b'), action('c')], 'attivita', ({ id }) => titles[id] ?? '')
    expect(found.map(({ id }) => id)).toEqual(['b', 'a'])
  })
})
