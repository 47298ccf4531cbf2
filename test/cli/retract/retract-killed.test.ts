import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { tableOptions } from '../../support/counter-command.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { storeRows } from '../../support/session-rows.ts';
import { rowsOf } from '../../support/several-counters.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const HOUR_MS = 3_600_000;
const at = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();
const [FROM, BURST, TO] = [at(6), at(5), at(4)];
const INTERVAL = ['--from', FROM, '--to', TO, '--yes'];
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, number) => `${prefix}${number}`);
const BURST_SIZE = 100;

const hashes = async (): Promise<string[]> =>
  (await rowsOf(database())).map(({ session_hash }) => String(session_hash)).sort();
const burstRows = async (): Promise<number> =>
  (await hashes()).filter((hash) => hash.startsWith('burst')).length;

it('every honest visitor counts, before, after and during a retract that is killed again and again', async () => {
  project(database());
  const honest = [...names('before', 10), ...names('after', 10)];
  await visitAt(database(), at(8), names('before', 10));
  await visitAt(database(), at(3), names('after', 10));
  await storeRows(
    database(),
    names('burst', BURST_SIZE).map((session_hash) => ({ session_hash, first_accessed: BURST })),
  );
  await untilCounted(database(), { total: honest.length + BURST_SIZE, removed: 0 });
  const visitDuring = async (): Promise<void> => {
    const visitor = `during${honest.length}`;
    honest.push(visitor);
    await visitAt(database(), new Date().toISOString(), [visitor, 'before3']);
  };
  for (const left of [70, 40]) {
    const args = ['src/cli/main.ts', 'retract', ...INTERVAL, '--max-write-units', '600'];
    const child = spawn(process.execPath, [...args, ...tableOptions(database())], {
      ...{ env: process.env, stdio: 'ignore' },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    for (; (await burstRows()) > left; await delay(20)) await visitDuring();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await burstRows()).toBeGreaterThan(0);
  }
  const continued = run('retract', ...INTERVAL, '--max-write-units', '2000');
  await visitDuring();
  expect((await continued).code).toBe(0);
  expect(await hashes()).toEqual(honest.sort());
  await untilCounted(database(), { total: honest.length, removed: 0 });
  expect(
    await readCounter(database().client, database().tables.COUNTS_TABLE, 'strong'),
  ).toMatchObject({ undo: undefined, lastUndo: expect.any(String) });
  expect(await run('verify')).toMatchObject({ code: 0 });
});
