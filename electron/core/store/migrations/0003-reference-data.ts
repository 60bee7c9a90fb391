/**
 * Frozen: never edit a migration that has shipped, add one. The brands of the guides and the periods in which each takes readings:
 * the one S2 shows for energy, every hour of the year for water (TIMSII). An administrator's screens change them later.
 */
export const referenceData: readonly string[] = [
  `INSERT OR IGNORE INTO brand (id, name, portal) VALUES
    ('enercasa', 'EnerCasa Coop', 'S0'), ('clienti', 'Portale clienti', 'S2'), ('unogas', 'UNOGAS', 'S3'), ('etra', 'ETRA Servizi', 'S4')`,
  `INSERT OR IGNORE INTO reading_window (id, brand_id, commodity, from_day, from_time, to_day, to_time, mode)
    SELECT brand.column1 || '-' || commodity.column1, brand.column1, commodity.column1, '2010-02-11', '08:00', '2099-02-14', '22:00', 'continuous'
    FROM (VALUES ('enercasa'), ('clienti'), ('unogas'), ('etra')) AS brand, (VALUES ('electricity'), ('gas')) AS commodity`,
  `INSERT OR IGNORE INTO reading_window (id, brand_id, commodity, from_day, from_time, to_day, to_time, mode)
    VALUES ('etra-water', 'etra', 'water', '2016-01-01', '00:00', '2099-12-31', '23:59', 'continuous')`,
]
