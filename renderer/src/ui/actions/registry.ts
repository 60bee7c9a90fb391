import { inject, onActivated, onBeforeUnmount, onDeactivated, onMounted, provide, shallowRef, watch } from 'vue'
import type { App, InjectionKey, ShallowRef, WatchSource } from 'vue'
import type { MessageKey } from '../../../../shared/locales/index.ts'
import { isSingleKey, matchesShortcut, onMac } from './shortcut.ts'
import type { KeyPress, Shortcut } from './shortcut.ts'

/** Something the person can do from the keyboard, the palette or a control; every screen uses these and no other keys. */
export type Action = {
  /** `area.verb`, once in the program. */
  readonly id: string
  readonly titleKey: MessageKey
  /** Heading in the sheet of keys; the desk's own where none is given. */
  readonly groupKey?: MessageKey
  /** The first is the one shown. */
  readonly shortcut?: Shortcut | readonly Shortcut[]
  /** False while it makes no sense; then its key does nothing and the palette leaves it out. */
  readonly when?: () => boolean
  /** Left out of the palette, for moves such as "next row". */
  readonly quiet?: boolean
  readonly run: () => void | Promise<void>
}

type Entry = { readonly action: Action; readonly scope: string }
export const EVERYWHERE = 'everywhere'

export type Actions = {
  /** Takes part until the answer is called. */
  readonly add: (action: Action, scope?: string) => () => void
  /** Silences everything outside `scope` until the answer is called; for dialogs. */
  readonly enter: (scope: string) => () => void
  /** What can be done now, in order of registration, without doubles. */
  readonly available: () => Action[]
  readonly find: (id: string) => Action | undefined
  readonly run: (id: string) => boolean
  /** Runs the action of a key press; answers whether there was one. */
  readonly press: (press: KeyPress, typing: boolean) => boolean
  readonly install: (app: App) => void
  /** Changes whenever an action comes or goes; read it to be drawn again. */
  readonly version: Readonly<ShallowRef<number>>
}

const actionsKey: InjectionKey<Actions> = Symbol('actions')
const scopeKey: InjectionKey<string> = Symbol('action scope')

/** Checks an action's shape where it is written, far from where it is used. */
export function defineAction(action: Action): Action {
  return action
}

export function shortcutsOf(action: Action): readonly Shortcut[] {
  if (action.shortcut === undefined) return []
  return typeof action.shortcut === 'string' ? [action.shortcut] : action.shortcut
}

/**
 * The one registry of actions.
 *
 * @param options.singleKeys whether single letters act at all
 * @param options.failed told when an action's promise rejects
 */
export function createActions(options: { readonly singleKeys: () => boolean; readonly failed: (problem: unknown) => void; readonly mac?: boolean }): Actions {
  const mac = options.mac ?? onMac()
  const entries: Entry[] = []
  const scopes: string[] = []
  const version = shallowRef(0)

  const live = (entry: Entry): boolean => {
    const top = scopes.at(-1)
    return (top === undefined || entry.scope === top || entry.scope === EVERYWHERE) && (entry.action.when?.() ?? true)
  }
  const latest = (test: (entry: Entry) => boolean): Action | undefined => entries.findLast((entry) => test(entry) && live(entry))?.action

  function perform(action: Action | undefined): boolean {
    if (action === undefined) return false
    try {
      const result = action.run()
      if (result instanceof Promise) result.catch(options.failed)
    } catch (problem) {
      options.failed(problem)
    }
    return true
  }

  const actions: Actions = {
    version,
    add(action, scope = 'desk') {
      const entry = { action, scope }
      entries.push(entry)
      version.value += 1
      return () => {
        const index = entries.indexOf(entry)
        if (index < 0) return
        entries.splice(index, 1)
        version.value += 1
      }
    },
    enter(scope) {
      scopes.push(scope)
      version.value += 1
      return () => {
        const index = scopes.lastIndexOf(scope)
        if (index < 0) return
        scopes.splice(index, 1)
        version.value += 1
      }
    },
    available() {
      const byId = new Map<string, Action>()
      for (const entry of entries) if (live(entry)) byId.set(entry.action.id, entry.action)
      return [...byId.values()]
    },
    find: (id) => latest((entry) => entry.action.id === id),
    run: (id) => perform(actions.find(id)),
    press(press, typing) {
      const silent = typing || !options.singleKeys()
      const heard = (shortcut: Shortcut): boolean => !(silent && isSingleKey(shortcut)) && matchesShortcut(press, shortcut, mac)
      return perform(latest((entry) => shortcutsOf(entry.action).some(heard)))
    },
    install(app) {
      app.provide(actionsKey, actions)
    },
  }
  return actions
}

export function useActionRegistry(): Actions {
  const actions = inject(actionsKey)
  if (actions === undefined) throw new Error('actions are not installed')
  return actions
}

/** Registers actions while this component is on the screen (also inside a kept-alive tab). */
export function useActions(...list: readonly Action[]): void {
  const registry = useActionRegistry()
  const scope = inject(scopeKey, 'desk')
  let leave: (() => void)[] = []
  const come = (): void => {
    if (leave.length === 0) leave = list.map((action) => registry.add(action, scope))
  }
  const go = (): void => {
    for (const one of leave) one()
    leave = []
  }
  onMounted(come)
  onActivated(come)
  onDeactivated(go)
  onBeforeUnmount(go)
}

/** Makes this component a scope of its own: while it is on the screen only actions registered inside it act. */
export function useActionScope(name: string): void {
  const registry = useActionRegistry()
  provide(scopeKey, name)
  let leave: () => void = () => undefined
  onMounted(() => {
    leave = registry.enter(name)
  })
  onBeforeUnmount(() => leave())
}

/** Silences the desk's actions while a dialog is open; `beforeOpen` can still see what was available. */
export function useModalScope(open: WatchSource<boolean>, name: string, beforeOpen: (available: Action[]) => void = () => undefined): void {
  const registry = useActionRegistry()
  let leave: () => void = () => undefined
  watch(
    open,
    (now) => {
      leave()
      leave = () => undefined
      if (!now) return
      beforeOpen(registry.available())
      leave = registry.enter(name)
    },
    { immediate: true, flush: 'sync' },
  )
  onBeforeUnmount(() => leave())
}
