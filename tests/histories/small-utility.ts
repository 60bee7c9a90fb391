/** The utility of the histories: four holders in two territories, three of them with a water meter. */
import type { RawDatabase } from '../../electron/core/store/cipher.ts'
import { bianchi, furlan, loadMasterData, rossi, waterMeter } from '../support/master-data.ts'

export const greco = { id: 'etra:030777', code: '030777', taxCode: 'RSSMRA80A41H501Y' } as const
export const customers = [rossi.id, furlan.id, bianchi.id, greco.id] as const
export const meters = [{ id: waterMeter, customerId: rossi.id }, { id: 'etra:W:77-000777', customerId: greco.id }] as const
/** Holder's code, number of the service, and what proves who the holder is. */
export const services = [
  { id: 'etra:S-100', customerId: rossi.id, code: 'S-100', holderCode: rossi.code, taxCode: rossi.taxCode, vatNumber: '' },
  { id: 'etra:S-200', customerId: furlan.id, code: 'S-200', holderCode: furlan.code, taxCode: '', vatNumber: furlan.vatNumber },
  { id: 'etra:S-300', customerId: bianchi.id, code: 'S-300', holderCode: bianchi.code, taxCode: bianchi.taxCode, vatNumber: '' },
  { id: 'etra:S-500', customerId: greco.id, code: 'S-500', holderCode: greco.code, taxCode: greco.taxCode, vatNumber: '' },
] as const
export const territories = ['T1', 'T2'] as const
/** By town, the first that fits; one customer moves between the two. */
export const townsOf = (grecoIn: 'T1' | 'T2') => ({ T1: grecoIn === 'T1' ? ['Trieste', 'Gorizia'] : ['Trieste'], T2: ['Monfalcone', 'Gorizia'] })
export const homes = { [rossi.id]: 'T1', [bianchi.id]: 'T1', [furlan.id]: 'T2', [greco.id]: 'T2' } as const
export const offices = [{ id: 'office-Sede', territories: ['T1', 'T2'] }, { id: 'office-Nord', territories: ['T1'] }, { id: 'office-Sud', territories: ['T2'] }] as const
/** By desk: where it stands, and who works there at first. */
export const places = [{ office: 0, person: 0 }, { office: 0, person: 1 }, { office: 1, person: 2 }, { office: 2, person: 3 }, { office: 1, person: 1 }, { office: 0, person: 2 }] as const
export const people = [
  { username: 'anna', role: 'administrator' },
  { username: 'bruno', role: 'supervisor' },
  { username: 'carla', role: 'agent' },
  { username: 'dario', role: 'agent' },
] as const

export function loadSmallUtility(db: RawDatabase): void {
  loadMasterData(db)
  for (const statement of [
    `INSERT INTO address VALUES ('etra:A3', 'Corso Italia', '7', '34170', 'Gorizia', 'GO', 'E098')`,
    `INSERT INTO customer (id, brand_id, code, kind, last_name, first_name, tax_code, vulnerable, since_day, address_id, updated_at)
      VALUES ('${greco.id}', 'etra', '${greco.code}', 'person', 'Greco', 'Anna', '${greco.taxCode}', 0, '2012-01-01', 'etra:A3', '2026-11-01T00:00:00.000Z')`,
    `INSERT INTO supply_point (id, brand_id, commodity, code, address_id) VALUES ('etra:W:2200777', 'etra', 'water', '2200777', 'etra:A3')`,
    `INSERT INTO contract VALUES ('etra:S-500', 'etra', 'S-500', '${greco.id}', 'etra:W:2200777', 1, '2012-01-01', NULL, 'active', 0, 'paper')`,
    `INSERT INTO meter VALUES ('etra:W:77-000777', 'etra:W:2200777', '77-000777', 'direct', 5, 3, 0, NULL, NULL, '2018-05-22', NULL)`,
    `UPDATE reading_window SET from_time = '00:00', to_time = '23:59' WHERE commodity = 'water'`,
  ]) db.prepare(statement).run()
}
