/** Frozen: never edit a migration that has shipped, add one. What of the audit chain was signed, and which heads of it desks hold against it. */
export const auditWitnesses: readonly string[] = [
  // `restart` is the first entry of a history that was begun after a restore: what was signed of the one before is void from there on.
  `CREATE TABLE audit_checkpoint (
    seq bigint NOT NULL, kind text NOT NULL CHECK (kind IN ('checkpoint', 'restart')), feed_id text NOT NULL, at text NOT NULL, hash text NOT NULL,
    signature text NOT NULL, PRIMARY KEY (seq, kind)
  )`,
  `CREATE TABLE audit_contradiction (
    feed_id text NOT NULL, seq bigint NOT NULL, hash text NOT NULL, signature text NOT NULL, device_id text NOT NULL, told_at timestamptz NOT NULL,
    PRIMARY KEY (feed_id, seq, hash)
  )`,
  `CREATE TRIGGER audit_checkpoint_append_only BEFORE UPDATE OR DELETE ON audit_checkpoint FOR EACH ROW EXECUTE FUNCTION append_only()`,
  `CREATE TRIGGER audit_contradiction_append_only BEFORE UPDATE OR DELETE ON audit_contradiction FOR EACH ROW EXECUTE FUNCTION append_only()`,
]
