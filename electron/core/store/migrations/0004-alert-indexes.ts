/**
 * Frozen: never edit a migration that has shipped, add one. A contract is found by the code on the bill when it is linked. The others
 * answer what the lookup's alerts ask of fifty customers at every keystroke: open complaints and bills not paid in full, both few among
 * very many, each from an index that holds nothing else.
 */
export const alertIndexes: readonly string[] = [
  `CREATE INDEX contract_service ON contract (service_code, brand_id)`,
  `CREATE INDEX ticket_open_complaint ON ticket (customer_id, received_day)
    WHERE type = 'complaint' AND state IN ('new', 'in_charge', 'waiting')`,
  `CREATE INDEX invoice_unpaid ON invoice (customer_id, due_day, amount_cents, paid_cents) WHERE amount_cents > paid_cents`,
]
