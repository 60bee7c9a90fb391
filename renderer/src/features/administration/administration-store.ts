import { shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { administrationCalls } from '../../../../shared/contract/administration.ts'
import type { CommonError, ErrorOf, InputOf, OutputOf, ReplyOf } from '../../../../shared/contract/call.ts'
import type { Refused, Result } from '../../../../shared/domain/result.ts'
import { usePorts } from '../../ports.ts'
import { useHub } from '../sync/hub-store.ts'

type Calls = typeof administrationCalls
export type AdministrationError = ErrorOf<Calls[keyof Calls]> | CommonError
/** Calls that answer a whole list. */
export type ListName = { [N in keyof Calls]: OutputOf<Calls[N]> extends readonly unknown[] ? N : never }[keyof Calls]
export type RowOf<N extends ListName> = OutputOf<Calls[N]> extends readonly (infer Row)[] ? Row : never
/** A list as far as it is known: `rows` stay while it is read again. */
export type HubList<Row> = { rows: readonly Row[]; known: boolean; reading: boolean; refusal: Refused<AdministrationError>['error'] | null }
/** Calls that change something; each is done again after the password, where the hub asks for one. */
export type ChangeName = Exclude<keyof Calls, ListName | 'audit'>

/** What the hub keeps for administrators, as it last answered; dropped at sign-out. */
export const useAdministration = defineStore('administration', () => {
  const { core } = usePorts()
  const hub = useHub()
  const lists = new Map<ListName, HubList<unknown>>()
  const turns = new Map<ListName, number>()

  function list<N extends ListName>(name: N): HubList<RowOf<N>> {
    const known = lists.get(name)
    if (known !== undefined) return known as HubList<RowOf<N>>
    const fresh: HubList<unknown> = shallowReactive({ rows: [], known: false, reading: false, refusal: null })
    lists.set(name, fresh)
    return fresh as HubList<RowOf<N>>
  }

  /** Reads a list; without a session it says so and asks for nothing: looking at a page must not put a question in the way. */
  async function read(name: ListName): Promise<void> {
    const into = list(name)
    const turn = (turns.get(name) ?? 0) + 1
    turns.set(name, turn)
    into.reading = true
    const reply: Result<readonly unknown[], AdministrationError> = await core.administration[name]({})
    if (turns.get(name) !== turn) return
    into.reading = false
    into.refusal = reply.ok ? null : reply.error
    if (!reply.ok) return
    ;(into as HubList<unknown>).rows = reply.value
    into.known = true
  }

  /** The lists that forms choose from; what is known already is shown meanwhile. */
  async function need(...names: readonly ListName[]): Promise<void> {
    await Promise.all(names.filter((name) => !list(name).known).map(read))
  }

  /** Asks for the password, then reads what is in view again. */
  async function enter(...names: readonly ListName[]): Promise<void> {
    if (await hub.askSession()) await Promise.all(names.map(read))
  }

  function change<N extends ChangeName>(name: N, input: InputOf<Calls[N]>): Promise<ReplyOf<Calls[N]>> {
    const ask = core.administration[name] as (input: InputOf<Calls[N]>) => Promise<ReplyOf<Calls[N]>>
    return hub.inSession(() => ask(input))
  }

  /** Puts a saved record in its place, so that nobody waits for the list; an older answer under way no longer counts. */
  function put<N extends ListName>(name: N, row: RowOf<N>, same: (one: RowOf<N>) => boolean): void {
    const into = list(name)
    turns.set(name, (turns.get(name) ?? 0) + 1)
    into.reading = false
    into.rows = into.rows.some(same) ? into.rows.map((one) => (same(one) ? row : one)) : [...into.rows, row]
  }

  function take<N extends ListName>(name: N, gone: (one: RowOf<N>) => boolean): void {
    const into = list(name)
    into.rows = into.rows.filter((one) => !gone(one))
  }

  return { list, read, need, enter, change, put, take }
})
