import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { deleteSession } from '../../../src/tables/delete-session.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { tableOptions } from '../../support/counter-command.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { rowsOf } from '../../support/several-counters.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const BEFORE = new Date(Date.now() - 5 * 3_600_000).toISOString();
const LOST = Array.from({ length: 40 }, (_, number) => `lost${number}`);
const BACK = ['lost37', 'lost38', 'lost39'];

const rowsBack = async (): Promise<number> =>
  (await rowsOf(database())).filter(({ restored }) => restored !== undefined).length;

it('no row counts twice, and every visitor counts, during a restore that is killed again and again', async () => {
  const { client, tables } = database();
  project(database());
  await visitAt(database(), BEFORE, LOST);
  const file = join(temporaryFolder(), 'rows.jsonl');
  const backup = await rowsOf(database());
  writeFileSync(file, backup.map((row) => JSON.stringify(row)).join('\n'));
  for (const hash of LOST) await deleteSession(client, tables.SESSIONS_TABLE, hash);
  await visitAt(database(), new Date().toISOString(), BACK);
  const visitors = [...BACK];
  const visitDuring = async (): Promise<void> => {
    const visitor = `during${visitors.length}`;
    visitors.push(visitor);
    await visitAt(database(), new Date().toISOString(), [visitor, 'lost37']);
  };
  await untilCounted(database(), { total: 43, removed: 40 });
  for (const back of [10, 22]) {
    const args = ['src/cli/main.ts', 'restore', '--from-file', file, '--yes'];
    const options = ['--max-write-units', '50', ...tableOptions(database())];
    const child = spawn(process.execPath, [...args, ...options], {
      ...{ env: process.env, stdio: 'ignore' },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    for (; (await rowsBack()) < back; await delay(20)) await visitDuring();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await rowsBack()).toBeLessThan(37);
    expect((await readCounter(client, tables.COUNTS_TABLE, 'strong')).undo).toBeDefined();
  }
  const continued = run('restore', '--from-file', file, '--yes', '--max-write-units', '2000');
  await visitDuring();
  expect(await continued).toMatchObject({ code: 0 });
  expect(await rowsBack()).toBe(37);
  await untilCounted(database(), { total: 40 + visitors.length, removed: 3 });
  expect(await readCounter(client, tables.COUNTS_TABLE, 'strong')).toMatchObject({
    ...{ undo: undefined, lastUndo: expect.any(String) },
  });
  expect(await run('verify')).toMatchObject({ code: 0 });
});
