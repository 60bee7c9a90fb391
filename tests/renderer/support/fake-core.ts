import type { InputOf, ReplyOf } from '../../../shared/contract/call.ts'
import type { Area, Contract, CoreClient } from '../../../shared/contract/index.ts'

/** What a test lets the core answer; a call without an answer fails the test by name. */
export type FakeAnswers = {
  readonly [A in Area]?: {
    readonly [C in keyof Contract[A]]?: (input: InputOf<Contract[A][C]>) => ReplyOf<Contract[A][C]> | Promise<ReplyOf<Contract[A][C]>>
  }
}
export type FakeCore = { readonly core: CoreClient; readonly asked: { readonly call: string; readonly input: unknown }[] }

/** A core that answers what the test says and remembers what it was asked, in order. */
export function fakeCore(answers: FakeAnswers): FakeCore {
  const asked: { call: string; input: unknown }[] = []
  const calls = (area: string): object =>
    new Proxy({}, {
      get: (_, name) => (input: unknown): Promise<unknown> => {
        const call = `${area}.${String(name)}`
        asked.push({ call, input })
        const answer: unknown = Reflect.get(Reflect.get(answers, area) ?? {}, name)
        if (typeof answer !== 'function') throw new Error(`the test gave no answer for ${call}`)
        return Promise.resolve(Reflect.apply(answer, undefined, [input]))
      },
    })
  return { asked, core: new Proxy({}, { get: (_, area) => calls(String(area)) }) as CoreClient }
}

/** An answer that is given when the test says so. */
export function later<T>(): { readonly answer: Promise<T>; readonly give: (value: T) => void } {
  const { promise, resolve } = Promise.withResolvers<T>()
  return { answer: promise, give: resolve }
}
