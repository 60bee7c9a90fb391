/** Makes the double refuse, by name, what it does not stand for. */
import { EventEmitter } from 'node:events'

/** Asked of everything by promises, by JSON and by the inspector: no use of Electron. */
const harmless: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor', 'prototype', 'inspect', 'nodeType', 'asymmetricMatch'])

/** The same object, but a member it does not have is an error with its name, not `undefined`. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get: (object, member) => {
      if (typeof member === 'string' && !(member in object) && !harmless.has(member)) throw new Error(`The double has no electron.${name}.${member}`)
      const value: unknown = Reflect.get(object, member)
      return value
    },
  })
}

/** Arguments of each event, by its name. */
export type EventArguments<T> = Record<keyof T, readonly unknown[]>

/** Listeners for the events of `T`; used to compare `T` with Electron's own types. */
export type Listeners<T extends EventArguments<T>> = { readonly [K in keyof T]: (...args: T[K] extends readonly [...infer A] ? A : never) => void }

/** An emitter with a fixed list of events: waiting for one that never comes would be a silent gap, so it is an error with its name. */
export class KnownEvents<T extends EventArguments<T>> extends EventEmitter {
  constructor(owner: string, known: Readonly<Record<keyof T, 'said' | 'silent'>>) {
    super()
    this.setMaxListeners(50)
    super.prependListener('newListener', (name: string) => {
      if (!Object.hasOwn(known, name)) throw new Error(`The double never says '${name}' of electron.${owner}`)
    })
  }

  say<K extends keyof T & string>(name: K, ...args: T[K] extends readonly [...infer A] ? A : never): boolean {
    return this.emit(name, ...(args as unknown[]))
  }
}

/** What the bundle constructs with `new`: each time `make` makes one. */
export function asClass<A extends readonly unknown[], T extends object, S extends object>(name: string, make: (...args: A) => T, statics: S): S & (new (...args: A) => T) {
  function made(...args: A): T {
    return make(...args)
  }
  return strict(name, Object.assign(made, statics)) as unknown as S & (new (...args: A) => T)
}

type Preventable = { preventDefault: () => void; readonly defaultPrevented: boolean }

/** An event that a listener may prevent, with the details it carries. */
export function preventable<P extends object>(details: P): P & Preventable {
  let prevented = false
  return Object.defineProperties({ ...details }, {
    preventDefault: { value: () => void (prevented = true) },
    defaultPrevented: { get: () => prevented },
  }) as P & Preventable
}
