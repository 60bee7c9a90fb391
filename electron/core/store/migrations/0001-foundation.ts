/** Frozen: never edit a migration that has shipped, add one. Imports nothing of ours. */
export const foundation: readonly string[] = [
  `CREATE TABLE brand (id TEXT PRIMARY KEY, name TEXT NOT NULL, portal TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE address (
    id TEXT PRIMARY KEY, street TEXT NOT NULL, house_number TEXT, postal_code TEXT, town TEXT NOT NULL, province TEXT, town_code TEXT
  ) WITHOUT ROWID`,
  `CREATE TABLE customer (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, brand_id TEXT NOT NULL, code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'company')), last_name TEXT, first_name TEXT, company_name TEXT, tax_code TEXT, vat_number TEXT,
    birth_day TEXT, sex TEXT, phone TEXT, mobile TEXT, email TEXT, email_state TEXT, vulnerable INTEGER NOT NULL DEFAULT 0, since_day TEXT, address_id TEXT,
    updated_at TEXT NOT NULL
  )`,
  `CREATE TABLE supply_point (
    id TEXT PRIMARY KEY, brand_id TEXT NOT NULL, commodity TEXT NOT NULL, code TEXT NOT NULL, address_id TEXT,
    power_w INTEGER, use_class TEXT, resident INTEGER, surface_m2 INTEGER, occupants INTEGER
  ) WITHOUT ROWID`,
  `CREATE TABLE contract (
    id TEXT PRIMARY KEY, brand_id TEXT NOT NULL, service_code TEXT NOT NULL, customer_id TEXT NOT NULL, supply_point_id TEXT NOT NULL,
    domestic INTEGER NOT NULL, start_day TEXT NOT NULL, end_day TEXT, state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
    direct_debit INTEGER NOT NULL, bill_delivery TEXT NOT NULL
  ) WITHOUT ROWID`,
  `CREATE INDEX contract_customer ON contract (customer_id)`,
  `CREATE INDEX contract_supply_point ON contract (supply_point_id)`,
  `CREATE TABLE meter (
    id TEXT PRIMARY KEY, supply_point_id TEXT NOT NULL, serial TEXT NOT NULL, kind TEXT NOT NULL, digits INTEGER NOT NULL, decimals INTEGER NOT NULL,
    corrector INTEGER NOT NULL, corrector_serial TEXT, corrector_digits INTEGER, installed_day TEXT, removed_day TEXT
  ) WITHOUT ROWID`,
  `CREATE INDEX meter_supply_point ON meter (supply_point_id)`,
  `CREATE TABLE reading (
    meter_id TEXT NOT NULL, day TEXT NOT NULL, entry TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL,
    value INTEGER NOT NULL, value_2 INTEGER, value_3 INTEGER, corrector_value INTEGER, taken_at TEXT, entered_by TEXT, entered_at TEXT, reason TEXT,
    PRIMARY KEY (meter_id, day, entry)
  ) WITHOUT ROWID`,
  `CREATE TABLE reading_window (
    id TEXT PRIMARY KEY, brand_id TEXT NOT NULL, commodity TEXT NOT NULL, from_day TEXT NOT NULL, from_time TEXT NOT NULL,
    to_day TEXT NOT NULL, to_time TEXT NOT NULL, mode TEXT NOT NULL CHECK (mode IN ('continuous', 'daily'))
  ) WITHOUT ROWID`,
  `CREATE TABLE invoice (
    id TEXT PRIMARY KEY, contract_id TEXT NOT NULL, customer_id TEXT NOT NULL, number TEXT NOT NULL, issue_day TEXT NOT NULL, due_day TEXT NOT NULL,
    period_from TEXT, period_to TEXT, amount_cents INTEGER NOT NULL, paid_cents INTEGER NOT NULL, consumption_milli INTEGER,
    estimated INTEGER NOT NULL, has_pdf INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE INDEX invoice_customer ON invoice (customer_id, issue_day)`,
  `CREATE INDEX invoice_number ON invoice (number)`,
  `CREATE TABLE ticket (
    id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, customer_id TEXT NOT NULL, supply_point_id TEXT, area TEXT NOT NULL, type TEXT NOT NULL,
    channel TEXT NOT NULL, subject TEXT NOT NULL, received_day TEXT NOT NULL, state TEXT NOT NULL, priority TEXT NOT NULL, assignee TEXT,
    opened_at TEXT NOT NULL, updated_at TEXT NOT NULL, origin TEXT NOT NULL
  ) WITHOUT ROWID`,
  `CREATE INDEX ticket_customer ON ticket (customer_id, received_day)`,
  `CREATE INDEX ticket_state ON ticket (state, received_day)`,
  `CREATE TABLE ticket_event (
    id TEXT PRIMARY KEY, ticket_id TEXT NOT NULL REFERENCES ticket (id), at TEXT NOT NULL, actor TEXT NOT NULL, desk TEXT, kind TEXT NOT NULL,
    from_state TEXT, to_state TEXT NOT NULL, text TEXT, seq INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE INDEX ticket_event_ticket ON ticket_event (ticket_id, seq)`,
  `CREATE TRIGGER ticket_event_no_update BEFORE UPDATE ON ticket_event BEGIN SELECT RAISE(ABORT, 'ticket_event is append-only'); END`,
  `CREATE TRIGGER ticket_event_no_delete BEFORE DELETE ON ticket_event BEGIN SELECT RAISE(ABORT, 'ticket_event is append-only'); END`,
  `CREATE TABLE portal_profile (id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, brand_id TEXT NOT NULL, created_at TEXT NOT NULL, UNIQUE (customer_id, brand_id)) WITHOUT ROWID`,
  `CREATE TABLE contract_link (
    id TEXT PRIMARY KEY, profile_id TEXT NOT NULL REFERENCES portal_profile (id), contract_id TEXT NOT NULL, holder_customer_id TEXT NOT NULL,
    declared_as TEXT NOT NULL, declaration_version TEXT NOT NULL, declaration_text TEXT NOT NULL, linked_by TEXT NOT NULL, linked_at TEXT NOT NULL,
    state TEXT NOT NULL, unlinked_by TEXT, unlinked_at TEXT, unlink_reason TEXT
  ) WITHOUT ROWID`,
  `CREATE UNIQUE INDEX contract_link_once ON contract_link (profile_id, contract_id) WHERE state = 'linked'`,
  `CREATE TABLE person (
    id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, role TEXT NOT NULL, active INTEGER NOT NULL, created_at TEXT NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, op_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, version INTEGER NOT NULL, input TEXT NOT NULL, actor TEXT NOT NULL,
    at TEXT NOT NULL, hash TEXT NOT NULL, entity TEXT NOT NULL, subject_id TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'queued', reason TEXT
  )`,
  `CREATE INDEX outbox_subject ON outbox (subject_id)`,
  `CREATE INDEX outbox_open ON outbox (state, seq) WHERE state <> 'confirmed'`,
  `CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, desk TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT, details TEXT NOT NULL,
    previous TEXT NOT NULL, hash TEXT NOT NULL
  )`,
  `CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END`,
  `CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END`,
  `CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE workspace (person_id TEXT PRIMARY KEY, value TEXT NOT NULL, saved_at TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE draft (person_id TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, saved_at TEXT NOT NULL, PRIMARY KEY (person_id, key)) WITHOUT ROWID`,
  `CREATE TABLE recent_customer (person_id TEXT NOT NULL, customer_id TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (person_id, customer_id)) WITHOUT ROWID`,
  `CREATE TABLE import_run (
    id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, state TEXT NOT NULL, fingerprint TEXT NOT NULL, position TEXT NOT NULL, counts TEXT NOT NULL
  )`,
]
