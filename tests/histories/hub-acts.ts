/** What people decide at the hub, and what becomes of the hub itself. */
import { pruneFeed } from '../../hub/sync/retention.ts'
import type { Step } from './script.ts'
import { customers, offices, people, townsOf } from './small-utility.ts'
import { saveHub, restoreHub } from './template.ts'
import { newerTable } from './wire-watch.ts'
import type { World } from './world.ts'

export async function actAtHub(world: World, step: Step): Promise<void> {
  const { template } = world
  switch (step.do) {
    case 'restart hub':
      return template.hub.restart()
    case 'backup hub':
      world.backup = await saveHub(template.admin)
      return
    case 'restore hub': {
      if (world.backup === null) return
      await template.hub.stop()
      await restoreHub(template.admin, world.backup)
      world.restores += 1
      await template.hub.start()
      world.grecoIn = await whereGrecoIs(world)
      return
    }
    case 'prune': {
      const { transaction, pool } = template.hub.parts()
      await pruneFeed({ transaction, pool, clock: template.clock }, -1_000)
      return
    }
    case 'revoke':
      return administer(world, 'revokeDevice', { id: template.deviceIds[step.desk] })
    case 'person': {
      const person = people[step.person]!
      return administer(world, 'savePerson', { id: template.personIds[step.person], username: person.username, displayName: `Prova ${person.username}`, role: step.role ?? person.role, active: step.role !== null, officeId: null, teamId: null, password: null })
    }
    case 'move customer':
      world.grecoIn = world.grecoIn === 'T1' ? 'T2' : 'T1'
      return administer(world, 'saveTerritory', { id: 'T1', name: 'T1', rules: [{ brandIds: [], provinces: [], towns: townsOf(world.grecoIn).T1 }], priority: 0 })
    case 'move office': {
      const office = offices[step.office]!
      const { rows } = await template.admin.query<{ territory: string }>('SELECT territory_id AS territory FROM office_territory WHERE office_id = $1', [office.id])
      // It gains what it lacks, or goes back to what it had.
      const territoryIds = rows.length === 2 && office.territories.length < 2 ? office.territories : rows.length < 2 ? ['T1', 'T2'] : ['T1']
      return administer(world, 'saveOffice', { id: office.id, name: office.id.slice(7), territoryIds })
    }
    case 'move desk':
      return administer(world, 'saveDevice', { id: template.deviceIds[step.desk], name: `Prova ${step.desk}`, officeId: offices[step.office]!.id })
    case 'erase':
      return administer(world, 'eraseCustomer', { customerId: customers[step.customer], reason: 'chiesto per iscritto' })
    case 'newer hub':
      return addNewer(world, customers[step.customer]!)
    default:
      return
  }
}

async function whereGrecoIs({ template }: World): Promise<'T1' | 'T2'> {
  const { rows } = await template.admin.query<{ towns: string[] }>(`SELECT rules -> 0 -> 'towns' AS towns FROM territory WHERE id = 'T1'`)
  return rows[0]?.towns.includes('Gorizia') === true ? 'T1' : 'T2'
}

async function administer(world: World, name: string, body: Record<string, unknown>): Promise<void> {
  const { office, officeSession } = world.template
  // A session ends after half a day, and a connection with the hub that held it.
  const ask = (session: string) => office.call(`/v1/administration/${name}`, { method: 'POST', body, session })
  let answer = await ask(officeSession).catch(() => ask(officeSession))
  if (answer.status === 401) answer = await ask(await office.signIn('capo'))
  // What is not there any more, or already so, is refused: that is an answer.
  if (answer.status >= 500 || answer.status === 400 || answer.status === 401) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`)
}

/** A table and a field that no desk of today has a place for. */
async function addNewer({ template }: World, customerId: string): Promise<void> {
  await template.hub.parts().transaction(async (tx) => {
    const { rows } = await tx.query<{ scopes: string[] }>('SELECT array_agg(territory_id) AS scopes FROM customer_territory WHERE customer_id = $1', [customerId])
    const scopes = rows[0]?.scopes
    if (!scopes) return
    await tx.query('SELECT 1 FROM feed_head FOR UPDATE')
    await tx.query(
      `WITH head AS (UPDATE feed_head SET pos = pos + 1 RETURNING pos) INSERT INTO change (pos, tbl, key, kind, scopes, row) SELECT pos, $3, jsonb_build_array('nota-' || pos), 'put', $1, $2 FROM head`,
      [scopes, JSON.stringify({ id: 'nota', customerId, weight: 1.5, nested: { of: ['a newer', 'hub'] } }), newerTable],
    )
  })
}

