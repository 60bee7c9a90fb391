/**
 * Frozen: never edit a migration that has shipped, add one. What a desk needs to follow a hub: where each operation stands, the rows as the
 * hub last said they are beneath what was written here, and where in the hub's feed this desk is. The append-only tables stand aside only
 * while such rows are written, between the first and the last statement of one transaction.
 */
export const followingAHub: readonly string[] = [
  `ALTER TABLE ticket ADD COLUMN number TEXT`,
  `CREATE INDEX ticket_number ON ticket (number) WHERE number IS NOT NULL`,
  `ALTER TABLE ticket_event ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0`,
  `CREATE TABLE field_conflict (
    id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, field TEXT NOT NULL, kept TEXT, lost TEXT, lost_by TEXT, kept_by TEXT NOT NULL, at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'settled')), settled_by TEXT, settled_at TEXT
  ) WITHOUT ROWID`,
  `CREATE INDEX field_conflict_customer ON field_conflict (customer_id, at)`,
  `CREATE INDEX field_conflict_open ON field_conflict (at) WHERE state = 'open'`,
  `CREATE TABLE attachment (
    id TEXT PRIMARY KEY, ticket_id TEXT NOT NULL, customer_id TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL,
    sha256 TEXT NOT NULL, added_by TEXT NOT NULL, added_at TEXT NOT NULL
  ) WITHOUT ROWID`,
  `CREATE INDEX attachment_ticket ON attachment (ticket_id, added_at)`,
  `CREATE INDEX attachment_customer ON attachment (customer_id)`,
  `CREATE INDEX attachment_content ON attachment (sha256)`,
  `CREATE INDEX reading_contested ON reading (meter_id, day) WHERE state = 'contested'`,
  `ALTER TABLE outbox ADD COLUMN basis TEXT NOT NULL DEFAULT 'null'`,
  `ALTER TABLE outbox ADD COLUMN desk TEXT NOT NULL DEFAULT 'Sportello'`,
  `ALTER TABLE outbox ADD COLUMN epoch INTEGER`,
  `ALTER TABLE outbox ADD COLUMN wire_seq INTEGER`,
  `ALTER TABLE outbox ADD COLUMN outcome TEXT`,
  `ALTER TABLE outbox ADD COLUMN pos INTEGER`,
  `ALTER TABLE outbox ADD COLUMN details TEXT NOT NULL DEFAULT 'null'`,
  `ALTER TABLE outbox ADD COLUMN delivered_at TEXT`,
  `ALTER TABLE outbox ADD COLUMN confirmed_at TEXT`,
  `CREATE UNIQUE INDEX outbox_wire ON outbox (epoch, wire_seq) WHERE wire_seq IS NOT NULL`,
  `CREATE INDEX outbox_state_of ON outbox (state, seq)`,
  `CREATE TABLE base_row (tbl TEXT NOT NULL, key TEXT NOT NULL, row TEXT, PRIMARY KEY (tbl, key)) WITHOUT ROWID`,
  `CREATE TABLE sync_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE deferred_change (pos INTEGER PRIMARY KEY, tbl TEXT NOT NULL, key TEXT NOT NULL, change TEXT NOT NULL)`,
  `CREATE INDEX deferred_change_record ON deferred_change (tbl, key)`,
  // What a snapshot over rows that were here before has brought: the rest is swept at its end.
  `CREATE TABLE snapshot_seen (tbl TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (tbl, key)) WITHOUT ROWID`,
  `CREATE TABLE blob_queue (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, added_at TEXT NOT NULL, sent INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'queued',
    attempts INTEGER NOT NULL DEFAULT 0, reason TEXT
  ) WITHOUT ROWID`,
  // What a customer is found by was changed one at a time, here or by another desk: the lookup takes it up in the same breath.
  `CREATE TRIGGER customer_findable AFTER UPDATE OF code, last_name, first_name, company_name, tax_code, vat_number, phone, mobile, email ON customer
    WHEN OLD.phone IS NOT NEW.phone OR OLD.mobile IS NOT NEW.mobile OR OLD.email IS NOT NEW.email OR OLD.code IS NOT NEW.code OR OLD.last_name IS NOT NEW.last_name
      OR OLD.first_name IS NOT NEW.first_name OR OLD.company_name IS NOT NEW.company_name OR OLD.tax_code IS NOT NEW.tax_code OR OLD.vat_number IS NOT NEW.vat_number
    -- Not OR IGNORE: inside a trigger the conflict clause of the statement outside counts, and an upsert there would fail.
    BEGIN INSERT INTO search_dirty (n) SELECT NEW.n WHERE NOT EXISTS (SELECT 1 FROM search_dirty WHERE n = NEW.n); END`,
  // A desk that holds the holder of a service holds the link, and perhaps not the profile it is in.
  `CREATE TABLE contract_link_free (
    id TEXT PRIMARY KEY, profile_id TEXT NOT NULL, contract_id TEXT NOT NULL, holder_customer_id TEXT NOT NULL, declared_as TEXT NOT NULL,
    declaration_version TEXT NOT NULL, declaration_text TEXT NOT NULL, linked_by TEXT NOT NULL, linked_at TEXT NOT NULL, state TEXT NOT NULL,
    unlinked_by TEXT, unlinked_at TEXT, unlink_reason TEXT
  ) WITHOUT ROWID`,
  `INSERT INTO contract_link_free SELECT id, profile_id, contract_id, holder_customer_id, declared_as, declaration_version, declaration_text, linked_by, linked_at,
    state, unlinked_by, unlinked_at, unlink_reason FROM contract_link`,
  `DROP TABLE contract_link`,
  `ALTER TABLE contract_link_free RENAME TO contract_link`,
  `CREATE UNIQUE INDEX contract_link_once ON contract_link (profile_id, contract_id) WHERE state = 'linked'`,
  `DROP TRIGGER ticket_event_no_update`,
  `DROP TRIGGER ticket_event_no_delete`,
  `CREATE TRIGGER ticket_event_no_update BEFORE UPDATE ON ticket_event WHEN NOT EXISTS (SELECT 1 FROM sync_state WHERE key = 'applying')
    BEGIN SELECT RAISE(ABORT, 'ticket_event is append-only'); END`,
  `CREATE TRIGGER ticket_event_no_delete BEFORE DELETE ON ticket_event WHEN NOT EXISTS (SELECT 1 FROM sync_state WHERE key = 'applying')
    BEGIN SELECT RAISE(ABORT, 'ticket_event is append-only'); END`,
]
