/** Frozen: never edit a migration that has shipped, add one. Since when somebody has been writing: what colleagues are told. */
export const leaseSince: readonly string[] = [
  `ALTER TABLE lease ADD COLUMN since timestamptz NOT NULL DEFAULT now()`,
  `CREATE INDEX lease_until ON lease (until)`,
]
