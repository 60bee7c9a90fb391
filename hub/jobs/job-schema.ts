import { PgBoss } from 'pg-boss'

export const jobSchema = 'pgboss'

/**
 * Makes the tables of the job queue, or brings them to the version of the package, as the role that owns them: the hub's own role may
 * not. Call it under the lock of the migrations.
 */
export async function prepareJobSchema(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: jobSchema, application_name: 'sportello-migrate', max: 2, supervise: false, schedule: false, reindex: false })
  const failures: Error[] = []
  boss.on('error', (error) => failures.push(error))
  await boss.start()
  await boss.stop({ graceful: false })
  if (failures[0]) throw new Error('the tables of the job queue could not be made', { cause: failures[0] })
}
