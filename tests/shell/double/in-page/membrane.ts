/**
 * Carries values and functions between the two worlds of a page, as `contextBridge` does. Both worlds share the events of
 * the window and nothing else, and events are synchronous, so a call across comes back with its answer. Handed to the
 * page as text: it may use nothing from outside.
 */
export type Membrane = {
  /** Puts something where the other side's `take` finds it. */
  readonly give: (name: string, value: unknown) => void
  readonly take: (listener: (name: string, value: unknown) => void) => void
}

export function createMembrane(mine: string, theirs: string): Membrane {
  type Carried = { v?: unknown; f?: number; p?: number; a?: Carried[]; o?: Record<string, Carried> }
  type Message =
    | { kind: 'give'; name: string; value: Carried }
    | { kind: 'call'; f: number; args: Carried[] }
    | { kind: 'return'; value?: Carried; error?: string }
    | { kind: 'settle'; p: number; value?: Carried; error?: string }
  type Call = (...args: unknown[]) => unknown

  const functions = new Map<number, Call>()
  const promises = new Map<number, PromiseWithResolvers<unknown>>()
  let last = 0
  let returned: Extract<Message, { kind: 'return' }> = { kind: 'return' }
  let taken: (name: string, value: unknown) => void = () => undefined
  const words = (error: unknown) => (error instanceof Error ? error.message : String(error))
  const tell = (message: Message) => void window.dispatchEvent(new CustomEvent(theirs, { detail: JSON.stringify(message) }))

  function carry(value: unknown): Carried {
    if (typeof value === 'function') {
      functions.set(++last, value as Call)
      return { f: last }
    }
    if (value instanceof Promise) {
      const p = ++last
      value.then(
        (settled: unknown) => tell({ kind: 'settle', p, value: carry(settled) }),
        (error: unknown) => tell({ kind: 'settle', p, error: words(error) }),
      )
      return { p }
    }
    if (Array.isArray(value)) return { a: value.map(carry) }
    if (value === null || typeof value !== 'object') return value === undefined ? {} : { v: value }
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) throw new Error(`The double carries no ${value.constructor.name} across the bridge`)
    return { o: Object.fromEntries(Object.entries(value).map(([name, each]) => [name, carry(each)])) }
  }

  function fetched(carried: Carried): unknown {
    const { f, p, a, o, v } = carried
    if (f !== undefined) return Object.freeze((...args: unknown[]) => call(f, args))
    if (p !== undefined) {
      const promise = promises.get(p) ?? Promise.withResolvers<unknown>()
      promises.set(p, promise)
      return promise.promise
    }
    if (a !== undefined) return Object.freeze(a.map(fetched))
    if (o !== undefined) return Object.freeze(Object.fromEntries(Object.entries(o).map(([name, each]) => [name, fetched(each)])))
    return v
  }

  function call(f: number, args: unknown[]): unknown {
    tell({ kind: 'call', f, args: args.map(carry) })
    const { value, error } = returned
    if (error !== undefined) throw new Error(error)
    return fetched(value ?? {})
  }

  window.addEventListener(mine, (event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail) as Message
    switch (message.kind) {
      case 'give':
        taken(message.name, fetched(message.value))
        break
      case 'call': {
        let answer: Message
        try {
          answer = { kind: 'return', value: carry(functions.get(message.f)?.(...message.args.map(fetched))) }
        } catch (error) {
          answer = { kind: 'return', error: words(error) }
        }
        tell(answer)
        break
      }
      case 'return':
        returned = message
        break
      case 'settle': {
        const { p, value, error } = message
        const promise = promises.get(p) ?? Promise.withResolvers<unknown>()
        promises.set(p, promise)
        if (error !== undefined) promise.reject(new Error(error))
        else promise.resolve(fetched(value ?? {}))
      }
    }
  })

  return {
    give: (name, value) => tell({ kind: 'give', name, value: carry(value) }),
    take: (listener) => void (taken = listener),
  }
}
