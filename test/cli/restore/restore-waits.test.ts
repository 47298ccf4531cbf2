import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startProjection } from '../../../src/local/projection.ts';
import { deleteSession } from '../../../src/tables/delete-session.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { createUndoStore } from '../../../src/tables/undo-counter.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { createWaitCountingClock } from '../../support/fast-clock.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { rowOf, storeRows } from '../../support/session-rows.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database } = useCommandTarget();
const VISIT = new Date(Date.now() - 3_600_000).toISOString();

/** Projects what was written until now once the command waits for the projector. */
const projectOnWait = () =>
  createWaitCountingClock((wait) => {
    if (wait === 1) project(database());
  });

it.each([
  { option: '--yes', json: { restored: 1, isRestored: true } },
  { option: '--dry-run', json: { missing: 1, isRestored: false } },
])('a restore with $option waits until the deletions are counted', async ({ option, json }) => {
  const { client, tables } = database();
  const projection = startProjection({ ...tables }, database());
  await visitAt(database(), VISIT, ['lost']);
  await untilCounted(database(), { total: 1, removed: 0 });
  await projection.stop();
  const { session_hash, first_accessed, last_accessed } = (await rowOf(database(), 'lost')) ?? {};
  const file = join(temporaryFolder(), 'rows.jsonl');
  writeFileSync(file, JSON.stringify({ session_hash, first_accessed, last_accessed }));
  await deleteSession(client, tables.SESSIONS_TABLE, 'lost');
  const args = ['restore', '--from-file', file, option, '--json', ...tableOptions(database())];
  const { code, out } = await runCommandHere(args, { clock: projectOnWait() });
  expect({ code, json: JSON.parse(out) }).toMatchObject({ code: 0, json });
});

it('restore --abort waits until the rows that are back are counted', async () => {
  const { client, tables } = database();
  const projection = startProjection({ ...tables }, database());
  await visitAt(database(), VISIT, ['lost']);
  const row = await rowOf(database(), 'lost');
  await deleteSession(client, tables.SESSIONS_TABLE, 'lost');
  await untilCounted(database(), { total: 1, removed: 1 });
  await projection.stop();
  const begun = { kind: 'restore' as const, from: VISIT, to: VISIT, at: new Date().toISOString() };
  await createUndoStore(client, tables.COUNTS_TABLE).beginUndo(begun, undefined);
  await storeRows(database(), [{ ...row, session_hash: 'lost', restored: begun.at }]);
  const args = ['restore', '--abort', ...tableOptions(database())];
  const { code } = await runCommandHere(args, { clock: projectOnWait() });
  const counter = await readCounter(client, tables.COUNTS_TABLE, 'strong');
  expect({ code, counter }).toMatchObject({ code: 0, counter: { removed: 0, undo: undefined } });
});
