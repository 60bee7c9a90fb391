import type { RawDatabase } from '../../electron/core/store/cipher.ts'

/** A small utility: two holders, their services and meters. Codes are valid, people are not. */
export const rossi = { id: 'etra:005007', code: '005007', taxCode: 'RSSMRA80A01H501U' } as const
export const furlan = { id: 'etra:011842', code: '011842', vatNumber: '12345670488' } as const
export const bianchi = { id: 'etra:020951', code: '020951', taxCode: 'RSSMRA85M01H501Q' } as const
export const waterPoint = 'etra:W:2200418'
export const gasPoint = 'etra:G:03340009749021'
export const dialsPoint = 'etra:W:2200999'
export const closedPoint = 'etra:W:2200111'
export const waterMeter = 'etra:W:18-204417'
export const gasMeter = 'etra:G:40218837'

export function loadMasterData(db: RawDatabase): void {
  const now = '2026-11-01T00:00:00.000Z'
  const run = (sql: string, ...values: (string | number | null)[]) => db.prepare(sql).run(...values)
  run(`UPDATE brand SET name = 'Adria Servizi' WHERE id = 'etra'`)
  run(`DELETE FROM reading_window`)
  run(`INSERT INTO address VALUES ('etra:A1', 'Via Battisti', '14', '34125', 'Trieste', 'TS', 'L424')`)
  run(`INSERT INTO address VALUES ('etra:A2', 'Via Mazzini', '18', '34074', 'Monfalcone', 'GO', 'F356')`)
  const customer = `INSERT INTO customer (id, brand_id, code, kind, last_name, first_name, company_name, tax_code, vat_number, birth_day, sex, phone, mobile, email, email_state, vulnerable, since_day, address_id, updated_at)
    VALUES (?, 'etra', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ok', 0, '2011-03-14', ?, '${now}')`
  run(customer, rossi.id, rossi.code, 'person', 'Rossi', 'Mario', null, rossi.taxCode, null, '1980-01-01', 'M', '040 123456', '338 421 9017', 'm.rossi80@posta.example', 'etra:A1')
  run(customer, furlan.id, furlan.code, 'company', null, null, 'Panificio Furlan S.n.c.', null, furlan.vatNumber, null, null, '0481 772019', null, 'info@furlan.example', 'etra:A2')
  run(customer, bianchi.id, bianchi.code, 'person', 'Bianchi', 'Luca', null, bianchi.taxCode, null, '1985-08-01', 'M', null, '338 421 9017', null, 'etra:A1')
  const point = `INSERT INTO supply_point (id, brand_id, commodity, code, address_id) VALUES (?, 'etra', ?, ?, ?)`
  run(point, waterPoint, 'water', '2200418', 'etra:A1')
  run(point, gasPoint, 'gas', '03340009749021', 'etra:A2')
  run(point, dialsPoint, 'water', '2200999', 'etra:A1')
  run(point, closedPoint, 'water', '2200111', 'etra:A1')
  const contract = `INSERT INTO contract VALUES (?, 'etra', ?, ?, ?, ?, '2011-03-14', ?, ?, 0, 'paper')`
  run(contract, 'etra:S-100', 'S-100', rossi.id, waterPoint, 1, null, 'active')
  run(contract, 'etra:S-200', 'S-200', furlan.id, gasPoint, 0, null, 'active')
  run(contract, 'etra:S-300', 'S-300', bianchi.id, dialsPoint, 1, null, 'active')
  run(contract, 'etra:S-400', 'S-400', rossi.id, closedPoint, 1, '2020-05-31', 'closed')
  const meter = `INSERT INTO meter VALUES (?, ?, ?, ?, 5, 3, ?, ?, ?, '2018-05-22', NULL)`
  run(meter, waterMeter, waterPoint, '18-204417', 'direct', 0, null, null)
  run(meter, gasMeter, gasPoint, '40218837', 'direct', 1, 'VC 8820146', 6)
  run(meter, 'etra:W:04-117730', dialsPoint, '04-117730', 'dials', 0, null, null)
  run(meter, 'etra:W:11-000001', closedPoint, '11-000001', 'direct', 0, null, null)
  const reading = `INSERT INTO reading (meter_id, day, entry, source, state, value, corrector_value) VALUES (?, ?, 'b', ?, 'acquired', ?, ?)`
  run(reading, waterMeter, '2026-07-01', 'company', 1_222_000, null)
  run(reading, waterMeter, '2026-09-02', 'estimated', 1_318_000, null)
  run(reading, gasMeter, '2026-10-31', 'company', 44_860_000, 45_902_000)
  run(`INSERT INTO reading_window VALUES ('etra-water', 'etra', 'water', '2010-02-11', '08:00', '2099-02-14', '22:00', 'continuous')`)
  run(`INSERT INTO reading_window VALUES ('etra-gas', 'etra', 'gas', '2026-11-15', '08:00', '2026-11-25', '22:00', 'daily')`)
  const invoice = `INSERT INTO invoice VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, NULL, 0, 1)`
  run(invoice, 'etra:2026/094417', 'etra:S-100', rossi.id, '2026/094417', '2026-10-01', '2026-10-31', 18_640, 0)
  run(invoice, 'etra:2026/071002', 'etra:S-100', rossi.id, '2026/071002', '2026-08-01', '2026-08-31', 17_915, 17_915)
}
