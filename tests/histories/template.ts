/** What every history begins with, opened in a process: a database, a hub on it, and the folders of the desks to copy from. */
import { createPrivateKey } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { testDevice } from '../support/hub-app.ts'
import type { TestDevice } from '../support/hub-app.ts'
import type { TestCluster } from '../support/hub-cluster.ts'
import { hubDatabase } from '../support/hub-database.ts'
import type { HubDatabase } from '../support/hub-database.ts'
import { createTestClock } from '../support/test-core.ts'
import { startSimHub } from './hub-side.ts'
import type { SimHub } from './hub-side.ts'

export const beginning = '2026-11-20T09:00:00.000Z'
export type HubState = string
/** Made once for a run, passed on as JSON. */
export type Prepared = {
  readonly baseline: HubState
  /** The same, to be read. */
  readonly first: string
  readonly personIds: readonly string[]
  readonly deviceIds: readonly string[]
  readonly office: { readonly id: string; readonly key: string; readonly session: string }
  readonly desks: string
}
export type Template = Pick<Prepared, 'baseline' | 'first' | 'personIds' | 'deviceIds'> & {
  readonly database: HubDatabase
  readonly hub: SimHub
  readonly admin: Client
  readonly clock: ReturnType<typeof createTestClock>
  readonly office: TestDevice
  readonly officeSession: string
  readonly folder: string
  readonly deskFolder: (index: number) => string
  readonly close: () => Promise<void>
}

export async function openTemplate(cluster: TestCluster, prepared: Prepared): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-histories-'))
  const { database, admin } = await openDatabase(cluster)
  await restoreHub(admin, prepared.baseline)
  const clock = createTestClock(beginning)
  const hub = await startSimHub(database, clock, join(folder, 'hub'))
  const key = createPrivateKey({ key: Buffer.from(prepared.office.key, 'base64'), format: 'der', type: 'pkcs8' })
  const office = testDevice({ clock, get url() { return hub.url() } }, prepared.office.id, key)
  return {
    ...prepared, database, hub, admin, clock, office, officeSession: prepared.office.session, folder,
    deskFolder: (index) => join(prepared.desks, String(index)),
    close: async () => {
      await hub.stop()
      await admin.end()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A migrated database that can be saved and put back as a whole. */
export async function openDatabase(cluster: TestCluster): Promise<{ readonly database: HubDatabase; readonly admin: Client }> {
  const database = await hubDatabase(cluster)
  const admin = new Client({ connectionString: database.adminUrl, application_name: 'sportello-histories' })
  await admin.connect()
  for (const statement of snapshotFunctions) await admin.query(statement)
  return { database, admin }
}

/** The whole hub as one value, and back: what a backup and its restoring are here. Triggers and references stand aside. */
const snapshotFunctions = [
  'CREATE SCHEMA histories',
  // For the mutant that numbers the feed as many do.
  'CREATE SEQUENCE histories.naive START 1000 INCREMENT 100',
  'GRANT USAGE ON SCHEMA histories TO PUBLIC',
  'GRANT ALL ON SEQUENCE histories.naive TO PUBLIC',
  `CREATE FUNCTION histories.dump() RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE t text; found jsonb; state jsonb := '{}';
    BEGIN
      FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1 LOOP
        EXECUTE format('SELECT coalesce(jsonb_agg(to_jsonb(x)), ''[]'') FROM public.%I x', t) INTO found;
        state := state || jsonb_build_object(t, found);
      END LOOP;
      RETURN state;
    END $$`,
  `CREATE FUNCTION histories.save() RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE t text; found jsonb; state jsonb := '{}';
    BEGIN
      FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1 LOOP
        EXECUTE format('SELECT coalesce(jsonb_agg(x::text), ''[]'') FROM public.%I x', t) INTO found;
        state := state || jsonb_build_object(t, found);
      END LOOP;
      RETURN state;
    END $$`,
  `CREATE FUNCTION histories.restore(state jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE t text;
    BEGIN
      SET LOCAL session_replication_role = replica;
      FOR t IN SELECT jsonb_object_keys(state) LOOP
        EXECUTE format('DELETE FROM public.%I', t);
        IF jsonb_array_length(state -> t) > 0 THEN
          EXECUTE format('INSERT INTO public.%I SELECT (v).* FROM (SELECT x::public.%I AS v FROM jsonb_array_elements_text($1) x OFFSET 0) q', t, t) USING state -> t;
        END IF;
      END LOOP;
    END $$`,
]

/** To be restored. */
export async function saveHub(admin: Client): Promise<HubState> {
  const { rows } = await admin.query<{ state: string }>('SELECT histories.save()::text AS state')
  return rows[0]?.state ?? ''
}
/** To be read: rows by table and column, as JSON. */
export async function dumpHub(admin: Client): Promise<string> {
  const { rows } = await admin.query<{ state: string }>('SELECT histories.dump()::text AS state')
  return rows[0]?.state ?? ''
}
export async function restoreHub(admin: Client, state: HubState): Promise<void> {
  await admin.query('SELECT histories.restore($1::jsonb)', [state])
}

export function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true })
}
