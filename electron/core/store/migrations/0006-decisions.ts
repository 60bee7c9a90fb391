/**
 * Frozen: never edit a migration that has shipped, add one. What people decided about what could not stand as it was written; what both desks
 * saw before a conflict, and who wrote the value that lost; whether an operation has left in an envelope.
 */
export const decisions: readonly string[] = [
  `CREATE TABLE decision (
    id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, about TEXT NOT NULL CHECK (about IN ('refused', 'superseded', 'reading', 'conflict')), subject_id TEXT NOT NULL,
    seq INTEGER NOT NULL, choice TEXT NOT NULL CHECK (choice IN ('corrected', 'let_go', 'taken_back', 'entry', 'new_value', 'keep', 'restore')), op_id TEXT, reason TEXT,
    decided_by TEXT NOT NULL, decided_at TEXT NOT NULL
  ) WITHOUT ROWID`,
  `CREATE INDEX decision_subject ON decision (subject_id, seq)`,
  `CREATE INDEX decision_customer ON decision (customer_id)`,
  `ALTER TABLE field_conflict ADD COLUMN before_value TEXT`,
  `ALTER TABLE field_conflict ADD COLUMN lost_at TEXT`,
  `CREATE INDEX ticket_event_superseded ON ticket_event (at) WHERE superseded = 1`,
  `CREATE INDEX reading_contested_day ON reading (day) WHERE state = 'contested'`,
  `ALTER TABLE outbox ADD COLUMN enveloped_at TEXT`,
  // Of what is about no customer the desk alone knows that somebody let it go.
  `ALTER TABLE outbox ADD COLUMN let_go TEXT`,
]
