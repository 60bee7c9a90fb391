/**
 * Frozen: never edit a migration that has shipped, add one. What people decided about what could not stand as it was written; what both desks
 * saw before a conflict, and who wrote the value that lost.
 */
export const decisions: readonly string[] = [
  `CREATE TABLE decision (
    id text PRIMARY KEY, customer_id text NOT NULL, about text NOT NULL CHECK (about IN ('refused', 'superseded', 'reading', 'conflict')), subject_id text NOT NULL,
    seq bigint NOT NULL, choice text NOT NULL CHECK (choice IN ('corrected', 'let_go', 'taken_back', 'entry', 'new_value', 'keep', 'restore')), op_id text, reason text,
    decided_by text NOT NULL, decided_at text NOT NULL
  )`,
  `CREATE INDEX decision_subject ON decision (subject_id)`,
  `CREATE INDEX decision_customer ON decision (customer_id)`,
  `ALTER TABLE field_conflict ADD COLUMN before_value text`,
  `ALTER TABLE field_conflict ADD COLUMN lost_at text`,
  `ALTER TABLE field_owner ADD COLUMN set_by text`,
  `ALTER TABLE field_owner ADD COLUMN set_at text`,
  // A value that changes has nobody's name until its operation is known.
  `CREATE OR REPLACE FUNCTION own_customer_fields() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO field_owner (customer_id, field, value)
    SELECT NEW.id, f.field, f.after FROM (VALUES
      ('last_name', OLD.last_name, NEW.last_name), ('first_name', OLD.first_name, NEW.first_name), ('company_name', OLD.company_name, NEW.company_name),
      ('tax_code', OLD.tax_code, NEW.tax_code), ('vat_number', OLD.vat_number, NEW.vat_number), ('phone', OLD.phone, NEW.phone),
      ('mobile', OLD.mobile, NEW.mobile), ('email', OLD.email, NEW.email), ('email_state', OLD.email_state, NEW.email_state)
    ) AS f (field, before, after) WHERE f.before IS DISTINCT FROM f.after
    ON CONFLICT (customer_id, field) DO UPDATE SET value = excluded.value, since = excluded.since, set_by = NULL, set_at = NULL;
    RETURN NULL;
  END $$`,
  `ALTER TABLE decision ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY work ON decision TO sportello_hub USING (true) WITH CHECK (true)`,
  `CREATE POLICY fence ON decision FOR SELECT TO sportello_reader USING (current_setting('sportello.bulk', true) = 'on' OR EXISTS (SELECT 1 FROM held_customer AS v WHERE v.id = decision.customer_id))`,
]
