/** Frozen: never edit a migration that has shipped, add one. What a customer of another territory is found by; no question walks all of them. */
export const lookupIndexes: readonly string[] = [
  `CREATE INDEX customer_last_name ON customer (lower(last_name)) WHERE last_name IS NOT NULL`,
  `CREATE INDEX customer_company_name ON customer (lower(company_name)) WHERE company_name IS NOT NULL`,
  `CREATE INDEX customer_birth_day ON customer (birth_day) WHERE birth_day IS NOT NULL`,
  `CREATE INDEX customer_phone ON customer (phone) WHERE phone IS NOT NULL`,
  `CREATE INDEX customer_mobile ON customer (mobile) WHERE mobile IS NOT NULL`,
]
