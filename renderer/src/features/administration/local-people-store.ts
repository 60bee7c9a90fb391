import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CommonError, InputOf, ReplyOf } from '../../../../shared/contract/call.ts'
import type { peopleCalls, PersonView } from '../../../../shared/contract/people.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import { usePorts } from '../../ports.ts'

type Calls = typeof peopleCalls

/** The people of the desk, for administrators. */
export const usePeople = defineStore('people', () => {
  const { core } = usePorts()
  const people = shallowRef<readonly PersonView[]>([])
  const known = ref(false)
  const refusal = shallowRef<Refused<CommonError>['error'] | null>(null)
  let asked = 0

  async function refresh(): Promise<void> {
    const turn = ++asked
    const reply = await core.people.list({})
    if (turn !== asked) return
    refusal.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    people.value = reply.value
    known.value = true
  }

  function put(person: PersonView): void {
    asked += 1
    const there = people.value.some((one) => one.id === person.id)
    people.value = there ? people.value.map((one) => (one.id === person.id ? person : one)) : [...people.value, person]
  }

  async function add(input: InputOf<Calls['add']>): Promise<ReplyOf<Calls['add']>> {
    const reply = await core.people.add(input)
    if (reply.ok) put(reply.value)
    return reply
  }

  async function setActive(personId: string, active: boolean): Promise<ReplyOf<Calls['setActive']>> {
    const reply = await core.people.setActive({ personId, active })
    if (reply.ok) put(reply.value)
    return reply
  }

  return { people, known, refusal, refresh, add, setActive }
})
