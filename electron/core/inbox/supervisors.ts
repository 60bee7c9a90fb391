import { In } from 'typeorm'
import { models } from '../../../shared/model/models.ts'
import type { SignedCall } from '../context.ts'

/** Who may decide what agents may not; administrators where there is no supervisor. */
export async function supervisorNames(call: SignedCall): Promise<readonly string[]> {
  const people = await call.store.reader.getRepository(models.person).find({ where: { role: In(['supervisor', 'administrator']), active: true }, order: { displayName: 'ASC' } })
  const supervisors = people.filter(({ role }) => role === 'supervisor')
  return (supervisors.length > 0 ? supervisors : people).map(({ displayName }) => displayName)
}
