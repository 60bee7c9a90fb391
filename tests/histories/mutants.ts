/**
 * Known ways of losing writes, put into the product's sources as they are loaded, in a process of their own: each must be found out. A find
 * that is no longer in its file fails the run, so that no mutant dies in silence.
 */
import type { Step } from './script.ts'

export type Mutant = {
  readonly name: string
  /** Of the nine of reliability 3.9; one may have two halves. */
  readonly number: number
  readonly edits: readonly { readonly file: string; readonly find: string; readonly put: string }[]
  /** Steps that come more often, so that few histories are enough. */
  readonly focus: readonly Step['do'][]
}

export const mutants: readonly Mutant[] = [
  {
    name: 'naive-cursor', number: 1, focus: ['race', 'race', 'open', 'step', 'contact', 'run'],
    edits: [
      { file: 'hub/sync/deliver.ts', find: 'const arrived = await acceptPushes(tx, pushes)', put: `const arrived = await acceptPushes(tx, pushes)\n  await tx.query("SELECT set_config('histories.base', nextval('histories.naive')::text, true)")` },
      {
        file: 'hub/sync/commit.ts', find: 'return { audit: { seq: head.seq, hash: head.hash }, pos: head.pos }',
        put: `const taken = await tx.query("SELECT current_setting('histories.base')::bigint AS base")\n  return { audit: { seq: head.seq, hash: head.hash }, pos: (taken.rows[0] as { base: number }).base }`,
      },
      { file: 'hub/sync/commit.ts', find: 'UPDATE feed_head SET pos = $7', put: 'UPDATE feed_head SET pos = greatest(pos, $7)' },
    ],
  },
  { name: 'ack-before-commit', number: 2, focus: ['go', 'go', 'open', 'step'], edits: [{ file: 'hub/database/pool.ts', find: `await tx.query('COMMIT')`, put: `void tx.query('COMMIT').catch(() => undefined)` }] },
  {
    name: 'cursor-outside-transaction', number: 3, focus: ['crash', 'crash', 'open', 'step', 'run', 'run'],
    edits: [
      {
        file: 'electron/core/sync/exchange.ts', find: 'const applied = await writeInTurn(store, async (tx) => {',
        put: `await writeInTurn(store, (tx) => writeState(tx, 'cursor', answer.value.to))\n      crash('changes answered')\n      const applied = await writeInTurn(store, async (tx) => {`,
      },
      { file: 'electron/core/sync/apply-changes.ts', find: 'answer.from !== cursor || ', put: '' },
    ],
  },
  { name: 'dedupe-by-seq-only', number: 4, focus: ['old copy', 'old copy', 'open', 'run', 'run'], edits: [{ file: 'hub/sync/accept.ts', find: 'if (here?.opId !== operation.opId || here.opHash !== hash)', put: 'if (!here)' }] },
  { name: 'synchronous-normal', number: 5, focus: [], edits: [{ file: 'electron/core/store/cipher.ts', find: `['synchronous', 'FULL', 2]`, put: `['synchronous', 'NORMAL', 1]` }] },
  { name: 'hash-of-the-hub', number: 6, focus: ['damage', 'damage', 'run'], edits: [{ file: 'electron/core/sync/health.ts', find: 'differingTables(own.tables, checksums)', put: 'differingTables(checksums as never, checksums)' }] },
  { name: 'tombstone-filtered', number: 7, focus: ['erase', 'move customer', 'open'], edits: [{ file: 'hub/sync/changes.ts', find: 'ORDER BY pos LIMIT $3', put: `AND kind <> 'delete' ORDER BY pos LIMIT $3` }] },
  { name: 'no-jitter', number: 8, focus: ['outage', 'wait', 'wait', 'open'], edits: [{ file: 'electron/core/sync/pace.ts', find: 'asked + timer.random() * most', put: 'asked + most' }] },
  { name: 'no-watchdog', number: 8, focus: ['hang', 'open', 'step'], edits: [{ file: 'electron/core/sync/follower.ts', find: 'transport.reset()', put: '' }] },
  { name: 'reject-blocks-queue', number: 9, focus: ['bad operation', 'step', 'run'], edits: [{ file: 'electron/core/sync/push.ts', find: `outcome === 'rejected' ? 'refused'`, put: `outcome === 'rejected' ? 'queued'` }] },
]
