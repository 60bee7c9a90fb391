/**
 * Frozen: never edit a migration that has shipped, add one. Imports nothing of ours. Business tables have the desk's names and columns;
 * what only the hub knows lies beside them. Positions of the feed are dense and in the order of commits: `feed_head` is locked last.
 */
export const hubFoundation: readonly string[] = [
  `CREATE TABLE brand (id text PRIMARY KEY, name text NOT NULL, portal text NOT NULL)`,
  `CREATE TABLE address (id text PRIMARY KEY, street text NOT NULL, house_number text, postal_code text, town text NOT NULL, province text, town_code text)`,
  `CREATE TABLE customer (
    id text PRIMARY KEY, brand_id text NOT NULL, code text NOT NULL, kind text NOT NULL CHECK (kind IN ('person', 'company')), last_name text, first_name text,
    company_name text, tax_code text, vat_number text, birth_day text, sex text, phone text, mobile text, email text, email_state text,
    vulnerable boolean NOT NULL DEFAULT false, since_day text, address_id text, updated_at text NOT NULL
  )`,
  `CREATE INDEX customer_code ON customer (code)`,
  // What was changed here and not by an extract: it stands until the billing system says the same.
  `CREATE TABLE field_owner (
    customer_id text NOT NULL REFERENCES customer (id) ON DELETE CASCADE, field text NOT NULL, value text, since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (customer_id, field)
  )`,
  `CREATE FUNCTION own_customer_fields() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO field_owner (customer_id, field, value)
    SELECT NEW.id, f.field, f.after FROM (VALUES
      ('last_name', OLD.last_name, NEW.last_name), ('first_name', OLD.first_name, NEW.first_name), ('company_name', OLD.company_name, NEW.company_name),
      ('tax_code', OLD.tax_code, NEW.tax_code), ('vat_number', OLD.vat_number, NEW.vat_number), ('phone', OLD.phone, NEW.phone),
      ('mobile', OLD.mobile, NEW.mobile), ('email', OLD.email, NEW.email), ('email_state', OLD.email_state, NEW.email_state)
    ) AS f (field, before, after) WHERE f.before IS DISTINCT FROM f.after
    ON CONFLICT (customer_id, field) DO UPDATE SET value = excluded.value, since = excluded.since;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER customer_own_fields AFTER UPDATE ON customer FOR EACH ROW WHEN (current_setting('sportello.importing', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION own_customer_fields()`,
  `CREATE INDEX customer_tax_code ON customer (tax_code) WHERE tax_code IS NOT NULL`,
  `CREATE INDEX customer_vat_number ON customer (vat_number) WHERE vat_number IS NOT NULL`,
  `CREATE INDEX customer_address ON customer (address_id)`,
  `CREATE TABLE supply_point (
    id text PRIMARY KEY, brand_id text NOT NULL, commodity text NOT NULL, code text NOT NULL, address_id text, power_w bigint, use_class text,
    resident boolean, surface_m2 bigint, occupants bigint
  )`,
  `CREATE INDEX supply_point_code ON supply_point (code)`,
  `CREATE INDEX supply_point_address ON supply_point (address_id)`,
  `CREATE TABLE contract (
    id text PRIMARY KEY, brand_id text NOT NULL, service_code text NOT NULL, customer_id text NOT NULL, supply_point_id text NOT NULL,
    domestic boolean NOT NULL, start_day text NOT NULL, end_day text, state text NOT NULL CHECK (state IN ('active', 'closed')),
    direct_debit boolean NOT NULL, bill_delivery text NOT NULL
  )`,
  `CREATE INDEX contract_customer ON contract (customer_id)`,
  `CREATE INDEX contract_supply_point ON contract (supply_point_id)`,
  `CREATE INDEX contract_service ON contract (service_code, brand_id)`,
  `CREATE TABLE meter (
    id text PRIMARY KEY, supply_point_id text NOT NULL, serial text NOT NULL, kind text NOT NULL, digits bigint NOT NULL, decimals bigint NOT NULL,
    corrector boolean NOT NULL, corrector_serial text, corrector_digits bigint, installed_day text, removed_day text
  )`,
  `CREATE INDEX meter_supply_point ON meter (supply_point_id)`,
  `CREATE TABLE reading (
    meter_id text NOT NULL, day text NOT NULL, entry text NOT NULL, source text NOT NULL, state text NOT NULL, value bigint NOT NULL, value_2 bigint,
    value_3 bigint, corrector_value bigint, taken_at text, entered_by text, entered_at text, reason text, PRIMARY KEY (meter_id, day, entry)
  )`,
  // One that counts per meter and day, whoever entered it (reliability, table 3.6; invariant I15).
  `CREATE UNIQUE INDEX reading_slot ON reading (meter_id, day) WHERE source = 'desk' AND state IN ('pending', 'acquired')`,
  `CREATE INDEX reading_pending ON reading (meter_id, day) WHERE source = 'desk' AND state = 'pending'`,
  `CREATE TABLE reading_window (
    id text PRIMARY KEY, brand_id text NOT NULL, commodity text NOT NULL, from_day text NOT NULL, from_time text NOT NULL, to_day text NOT NULL,
    to_time text NOT NULL, mode text NOT NULL CHECK (mode IN ('continuous', 'daily'))
  )`,
  `CREATE TABLE invoice (
    id text PRIMARY KEY, contract_id text NOT NULL, customer_id text NOT NULL, number text NOT NULL, issue_day text NOT NULL, due_day text NOT NULL,
    period_from text, period_to text, amount_cents bigint NOT NULL, paid_cents bigint NOT NULL, consumption_milli bigint, estimated boolean NOT NULL, has_pdf boolean NOT NULL
  )`,
  `CREATE INDEX invoice_customer ON invoice (customer_id)`,
  `CREATE TABLE ticket (
    id text PRIMARY KEY, code text NOT NULL UNIQUE, number text UNIQUE, customer_id text NOT NULL, supply_point_id text, area text NOT NULL, type text NOT NULL,
    channel text NOT NULL, subject text NOT NULL, received_day text NOT NULL, state text NOT NULL, priority text NOT NULL, assignee text,
    opened_at text NOT NULL, updated_at text NOT NULL, origin text NOT NULL
  )`,
  `CREATE INDEX ticket_customer ON ticket (customer_id)`,
  `CREATE TABLE ticket_event (
    id text PRIMARY KEY, ticket_id text NOT NULL REFERENCES ticket (id), at text NOT NULL, actor text NOT NULL, desk text, kind text NOT NULL,
    from_state text, to_state text NOT NULL, text text, seq bigint NOT NULL, superseded boolean NOT NULL DEFAULT false
  )`,
  `CREATE INDEX ticket_event_ticket ON ticket_event (ticket_id, seq)`,
  `CREATE TABLE portal_profile (id text PRIMARY KEY, customer_id text NOT NULL, brand_id text NOT NULL, created_at text NOT NULL, UNIQUE (customer_id, brand_id))`,
  `CREATE TABLE contract_link (
    id text PRIMARY KEY, profile_id text NOT NULL REFERENCES portal_profile (id), contract_id text NOT NULL, holder_customer_id text NOT NULL,
    declared_as text NOT NULL, declaration_version text NOT NULL, declaration_text text NOT NULL, linked_by text NOT NULL, linked_at text NOT NULL,
    state text NOT NULL, unlinked_by text, unlinked_at text, unlink_reason text
  )`,
  `CREATE UNIQUE INDEX contract_link_once ON contract_link (profile_id, contract_id) WHERE state = 'linked'`,
  `CREATE INDEX contract_link_profile ON contract_link (profile_id)`,
  `CREATE INDEX contract_link_holder ON contract_link (holder_customer_id)`,
  `CREATE TABLE person (
    id text PRIMARY KEY, username text NOT NULL UNIQUE, display_name text NOT NULL, role text NOT NULL CHECK (role IN ('agent', 'supervisor', 'administrator')),
    active boolean NOT NULL, created_at text NOT NULL
  )`,
  `CREATE TABLE field_conflict (
    id text PRIMARY KEY, customer_id text NOT NULL, field text NOT NULL, kept text, lost text, lost_by text, kept_by text NOT NULL, at text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'settled')), settled_by text, settled_at text
  )`,
  `CREATE INDEX field_conflict_customer ON field_conflict (customer_id)`,
  `CREATE TABLE attachment (
    id text PRIMARY KEY, ticket_id text NOT NULL, customer_id text NOT NULL, name text NOT NULL, media_type text NOT NULL, size bigint NOT NULL,
    sha256 text NOT NULL, added_by text NOT NULL, added_at text NOT NULL
  )`,
  `CREATE INDEX attachment_ticket ON attachment (ticket_id)`,
  `CREATE INDEX attachment_customer ON attachment (customer_id)`,
  `CREATE INDEX attachment_content ON attachment (sha256)`,

  // The feed.
  `CREATE TABLE feed_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), feed_id text NOT NULL, pos bigint NOT NULL, min_pos bigint NOT NULL DEFAULT 0,
    durable_through bigint NOT NULL DEFAULT 0, database_id text NOT NULL
  )`,
  `CREATE TABLE change (
    pos bigint PRIMARY KEY, tbl text NOT NULL, key jsonb NOT NULL, kind text NOT NULL CHECK (kind IN ('put', 'delete')), scopes text[] NOT NULL, row jsonb,
    op_id text, at timestamptz NOT NULL DEFAULT now()
  )`,
  // For erasure, which blanks what the feed holds of a record.
  `CREATE INDEX change_record ON change ((key->>0))`,

  // Who works where.
  `CREATE TABLE territory (id text PRIMARY KEY, name text NOT NULL UNIQUE, rules jsonb NOT NULL, priority bigint NOT NULL DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now())`,
  // Holds every customer that no rule of another one fits.
  `INSERT INTO territory (id, name, rules) VALUES ('all', 'Tutti i clienti', '[]')`,
  `CREATE TABLE customer_territory (customer_id text PRIMARY KEY, territory_id text NOT NULL)`,
  `CREATE INDEX customer_territory_scope ON customer_territory (territory_id, customer_id)`,
  `CREATE TABLE office (id text PRIMARY KEY, name text NOT NULL UNIQUE, created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE office_territory (office_id text NOT NULL REFERENCES office (id), territory_id text NOT NULL REFERENCES territory (id), PRIMARY KEY (office_id, territory_id))`,
  `CREATE TABLE team (id text PRIMARY KEY, name text NOT NULL UNIQUE, created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE staff (
    person_id text PRIMARY KEY REFERENCES person (id), office_id text REFERENCES office (id), team_id text REFERENCES team (id), password_hash text,
    password_revision bigint NOT NULL DEFAULT 0, adopted_from text
  )`,
  `CREATE TABLE device (
    id text PRIMARY KEY, name text NOT NULL, office_id text NOT NULL REFERENCES office (id), public_key bytea NOT NULL, unlock_key bytea NOT NULL,
    epoch bigint NOT NULL, last_seq bigint NOT NULL DEFAULT 0, cursor bigint NOT NULL DEFAULT 0, scope_revision bigint NOT NULL DEFAULT 1,
    state text NOT NULL CHECK (state IN ('active', 'revoked')), app_version text NOT NULL, protocol bigint NOT NULL, enrolled_by text, enrolled_at timestamptz NOT NULL,
    last_seen_at timestamptz, revoked_at timestamptz, revoked_by text, purged_at timestamptz
  )`,
  `CREATE TABLE device_alias (device_id text NOT NULL REFERENCES device (id), local_id text NOT NULL, person_id text NOT NULL REFERENCES person (id), PRIMARY KEY (device_id, local_id))`,
  `CREATE TABLE enrolment_code (
    id text PRIMARY KEY, code_hash text NOT NULL UNIQUE, office_id text NOT NULL REFERENCES office (id), founding boolean NOT NULL DEFAULT false, kind text NOT NULL,
    created_by text, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, attempts bigint NOT NULL DEFAULT 0, used_at timestamptz, device_id text
  )`,
  `CREATE TABLE session (
    token_hash text PRIMARY KEY, id text NOT NULL UNIQUE, person_id text NOT NULL REFERENCES person (id), device_id text NOT NULL REFERENCES device (id),
    created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, ended_at timestamptz
  )`,
  `CREATE INDEX session_person ON session (person_id)`,
  `CREATE INDEX session_device ON session (device_id)`,
  `CREATE TABLE login_throttle (account text PRIMARY KEY, failures bigint NOT NULL, next_at timestamptz NOT NULL)`,
  `CREATE TABLE search_count (person_id text NOT NULL, kind text NOT NULL, window_start timestamptz NOT NULL, count bigint NOT NULL, PRIMARY KEY (person_id, kind, window_start))`,
  `CREATE TABLE lease (subject text PRIMARY KEY, person_id text NOT NULL, device_id text NOT NULL, until timestamptz NOT NULL)`,

  // What the desks wrote.
  `CREATE TABLE receipt (
    device_id text NOT NULL, epoch bigint NOT NULL, seq bigint NOT NULL, op_id text NOT NULL, op_hash text NOT NULL, kind text NOT NULL, actor text NOT NULL,
    written_at text NOT NULL, received_at timestamptz NOT NULL DEFAULT now(), outcome text NOT NULL, code text, details jsonb NOT NULL, pos bigint NOT NULL,
    again boolean NOT NULL DEFAULT false, PRIMARY KEY (device_id, epoch, seq)
  )`,
  // One outcome per operation; a desk that offers it again under another number gets the same one.
  `CREATE UNIQUE INDEX receipt_op ON receipt (op_id) WHERE NOT again`,
  `CREATE TABLE refused_op (
    op_id text PRIMARY KEY, device_id text NOT NULL, envelope text NOT NULL, code text NOT NULL, details jsonb NOT NULL, subjects text[] NOT NULL DEFAULT '{}',
    refused_at timestamptz NOT NULL DEFAULT now(), settled_at timestamptz, settled_by text
  )`,
  `CREATE INDEX refused_op_subjects ON refused_op USING gin (subjects)`,
  `CREATE TABLE failing_op (op_id text PRIMARY KEY, attempts bigint NOT NULL, last_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE ticket_number (year bigint PRIMARY KEY, last bigint NOT NULL)`,
  `CREATE TABLE erased (customer_id text PRIMARY KEY, erased_at timestamptz NOT NULL, erased_by text NOT NULL, reason text NOT NULL, pos bigint NOT NULL)`,
  // The customer and what hung on it by id: operations that name one of them are refused as erased, on the desks that had it.
  `CREATE TABLE erased_record (id text PRIMARY KEY, customer_id text NOT NULL, scopes text[] NOT NULL)`,

  // Files, exports, mail.
  `CREATE TABLE blob (sha256 text PRIMARY KEY, size bigint NOT NULL, state text NOT NULL CHECK (state IN ('arriving', 'complete')), created_at timestamptz NOT NULL DEFAULT now(), completed_at timestamptz)`,
  `CREATE TABLE blob_chunk (sha256 text NOT NULL REFERENCES blob (sha256), start bigint NOT NULL, size bigint NOT NULL, data bytea NOT NULL, PRIMARY KEY (sha256, start))`,
  `CREATE TABLE reading_export (number bigint PRIMARY KEY, made_at timestamptz NOT NULL, rows bigint NOT NULL, sha256 text NOT NULL, file bytea NOT NULL, acknowledged_at timestamptz, acknowledged_by text)`,
  `CREATE TABLE reading_export_line (export bigint NOT NULL REFERENCES reading_export (number), meter_id text NOT NULL, day text NOT NULL, entry text NOT NULL, PRIMARY KEY (meter_id, day, entry))`,
  `CREATE TABLE mail_message (
    id text PRIMARY KEY, template text NOT NULL, customer_id text, address text NOT NULL, language text NOT NULL, data jsonb NOT NULL, state text NOT NULL,
    attempts bigint NOT NULL DEFAULT 0, last_code text, created_at timestamptz NOT NULL DEFAULT now(), sent_at timestamptz, op_id text
  )`,
  `CREATE UNIQUE INDEX mail_message_once ON mail_message (op_id, template) WHERE op_id IS NOT NULL`,
  `CREATE TABLE import_run (id text PRIMARY KEY, started_at timestamptz NOT NULL, finished_at timestamptz, state text NOT NULL, counts jsonb NOT NULL)`,

  // Who did what.
  `CREATE TABLE audit (
    seq bigint PRIMARY KEY, at text NOT NULL, actor text NOT NULL, device_id text, kind text NOT NULL, subject text, details jsonb NOT NULL, previous text NOT NULL, hash text NOT NULL
  )`,
  `CREATE TABLE audit_head (one boolean PRIMARY KEY DEFAULT true CHECK (one), seq bigint NOT NULL, hash text NOT NULL)`,
  `INSERT INTO audit_head (seq, hash) VALUES (0, repeat('0', 64))`,
  `CREATE TABLE hub_setting (key text PRIMARY KEY, value jsonb NOT NULL)`,
  `CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`,
  `CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION append_only()`,
  `CREATE TRIGGER receipt_append_only BEFORE UPDATE OR DELETE ON receipt FOR EACH ROW EXECUTE FUNCTION append_only()`,
  // The brands of the guides and the periods in which each takes readings, as on a new desk.
  `INSERT INTO brand (id, name, portal) VALUES
    ('enercasa', 'EnerCasa Coop', 'S0'), ('clienti', 'Portale clienti', 'S2'), ('unogas', 'UNOGAS', 'S3'), ('etra', 'ETRA Servizi', 'S4')`,
  `INSERT INTO reading_window (id, brand_id, commodity, from_day, from_time, to_day, to_time, mode)
    SELECT brand.column1 || '-' || commodity.column1, brand.column1, commodity.column1, '2010-02-11', '08:00', '2099-02-14', '22:00', 'continuous'
    FROM (VALUES ('enercasa'), ('clienti'), ('unogas'), ('etra')) AS brand, (VALUES ('electricity'), ('gas')) AS commodity`,
  `INSERT INTO reading_window (id, brand_id, commodity, from_day, from_time, to_day, to_time, mode)
    VALUES ('etra-water', 'etra', 'water', '2016-01-01', '00:00', '2099-12-31', '23:59', 'continuous')`,
  `INSERT INTO feed_head (feed_id, pos, database_id) VALUES (gen_random_uuid()::text, 0, gen_random_uuid()::text)`,
]
