import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConsole } from '../../../src/cli/console/console.ts';
import { parseRestore } from '../../../src/cli/restore/restore-options.ts';
import { openRestoreWork } from '../../../src/cli/restore/restore-work.ts';
import { runRestore } from '../../../src/cli/restore/run-restore.ts';
import type { RunningUndo } from '../../../src/domain/counter.ts';
import { deleteSession } from '../../../src/tables/delete-session.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { createRebuildStore } from '../../../src/tables/rebuild-counter.ts';
import { createUndoStore } from '../../../src/tables/undo-counter.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { createFastClock } from '../../support/fast-clock.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { storeRows } from '../../support/session-rows.ts';
import { rowsOf } from '../../support/several-counters.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const HOUR_MS = 3_600_000;
const BLOG = 'blog/first-post';
const START_MS = Date.now() - 5 * HOUR_MS;
const at = (ms: number) => new Date(START_MS + ms).toISOString();
const LOST = ['a', 'b', 'c'];
// From the first visit of the first row to that of the last one.
const INTERVAL = { from: at(0), to: at(1) };
const KILLED: RunningUndo = { kind: 'restore', ...INTERVAL, at: at(HOUR_MS) };

let file: string;
const counter = (name?: string) =>
  readCounter(database().client, database().tables.COUNTS_TABLE, 'strong', name);
const store = (name?: string) =>
  createUndoStore(database().client, database().tables.COUNTS_TABLE, name);
const restore = (...args: string[]) => run('restore', '--from-file', file, ...args);
const write = (lines: readonly object[]): void =>
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));

beforeEach(async () => {
  file = join(temporaryFolder(), 'rows.jsonl');
  project(database());
  const { client, tables } = database();
  await visitAt(database(), at(0), LOST);
  write(await rowsOf(database()));
  for (const hash of LOST) await deleteSession(client, tables.SESSIONS_TABLE, hash);
  await visitAt(database(), at(0), ['reader'], BLOG);
  await untilCounted(database(), { total: 3, removed: 3 });
  await untilCounted(database(), { total: 1, removed: 0 }, BLOG);
});

describe('a restore that was killed', () => {
  beforeEach(async () => {
    await store().beginUndo(KILLED, undefined);
    await storeRows(database(), [
      { session_hash: 'a', first_accessed: at(0), last_accessed: at(0), restored: KILLED.at },
    ]);
    await untilCounted(database(), { total: 3, removed: 2 });
  });

  it('is shown by status and by the preview', async () => {
    const { from, to } = INTERVAL;
    expect((await run('status')).out).toContain(
      `  Restore            in progress or killed, from ${from} to ${to}\n`,
    );
    expect((await restore()).out).toContain(
      `  Running, or killed     restore from ${from} to ${to}\n`,
    );
  });

  it('is continued by the same command, with the same mark', async () => {
    expect(await restore('--yes')).toMatchObject({ code: 0 });
    const marks = (await rowsOf(database())).map(({ restored }) => restored);
    expect(marks.filter((mark) => mark === KILLED.at)).toHaveLength(3);
    expect(await counter()).toMatchObject({ total: 3, removed: 0, undo: undefined });
    expect(await run('verify')).toMatchObject({ code: 0 });
  });

  it('is given up, and the rows that are back stay', async () => {
    expect(await run('restore', '--abort')).toMatchObject({
      code: 0,
      out: `Gave up the restore of the counter site from ${INTERVAL.from} to ${INTERVAL.to}. The rows that are back stay.\n`,
    });
    expect(await counter()).toMatchObject({ total: 3, removed: 2, undo: undefined });
    expect(await run('verify')).toMatchObject({ code: 0 });
    expect(await run('restore', '--abort')).toMatchObject({
      ...{ code: 3, err: expect.stringContaining('No restore is running in the counter site') },
    });
  });

  it.each([
    { how: 'of other rows', args: ['--from', at(0), '--to', at(HOUR_MS)], other: true },
    { how: 'with --retracted', args: ['--retracted'], other: false },
  ])('is not replaced by a restore $how', async ({ args, other }) => {
    if (other) write([{ session_hash: 'b', first_accessed: at(5), last_accessed: at(5) }]);
    await visitAt(database(), at(5), ['d']);
    await deleteSession(database().client, database().tables.SESSIONS_TABLE, 'd');
    const { code, err } = await restore('--yes', ...args);
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringMatching(
        /A restore from .* is running, or was killed\. .* run .*restore --from .* with the same source; .*restore --abort/,
      ),
    });
    expect(await rowsOf(database())).toHaveLength(2);
  });

  it('is shown by the preview of a restore that it refuses', async () => {
    const { code, out } = await restore('--retracted');
    expect({ code, out }).toEqual({
      code: 1,
      out: expect.stringContaining('and --yes would be refused: A restore from '),
    });
  });

  it.each([
    ['rebuild'],
    ['verify'],
    ['drop', BLOG],
    ['drop', BLOG, '--yes'],
    ['retract', '--from', INTERVAL.from, '--to', INTERVAL.to, '--yes', '--counter', BLOG],
  ])('is not ignored by %s', async (...args) => {
    await store(BLOG).beginUndo(KILLED, undefined);
    const { code, err } = await run(...args);
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringMatching(
        /A restore (of the counter .* )?from .* is running, or was killed.*restore --abort/s,
      ),
    });
    expect(await rowsOf(database())).toHaveLength(2);
    expect((await counter()).rebuild).toBeUndefined();
  });

  it('is not given up by retract --abort', async () => {
    expect(await run('retract', '--abort')).toMatchObject({
      ...{ code: 3, err: expect.stringContaining('No retract is running in the counter site') },
    });
    expect((await counter()).undo).toEqual(KILLED);
  });

  it('stops when another process gives it up', async () => {
    // One more than are restored between two looks at the counter.
    const rows = Array.from({ length: 201 }, (_, number) => ({
      ...{ session_hash: `more${number}`, first_accessed: at(0), last_accessed: at(0) },
    }));
    await storeRows(database(), rows);
    const { client, tables } = database();
    await Promise.all(
      rows.map((row) => deleteSession(client, tables.SESSIONS_TABLE, row.session_hash)),
    );
    await untilCounted(database(), { total: 204, removed: 203 });
    write(rows);
    const clock = createFastClock();
    const sleep: typeof clock.sleep = async (ms, signal) => {
      // The command also sleeps until everything is counted, before it writes.
      if (ms < 1) await store().endUndo(KILLED.at);
      return clock.sleep(ms, signal);
    };
    const args = ['restore', '--from-file', file, '--yes', '--max-write-units', '100000'];
    const { code, err } = await runCommandHere([...args, ...tableOptions(database())], {
      clock: { ...clock, sleep },
    });
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('Another process has ended this restore or given it up'),
    });
  });
});

describe('a restore is refused', () => {
  it('during a rebuild', async () => {
    const { client, tables } = database();
    const rebuild = createRebuildStore(client, tables.COUNTS_TABLE);
    await rebuild.beginRebuild(new Date().toISOString(), undefined);
    expect(await restore('--yes')).toMatchObject({
      ...{ code: 3, err: expect.stringContaining('A rebuild of this counter is running') },
    });
    expect(await rowsOf(database())).toHaveLength(1);
  });

  it('during a retract', async () => {
    await store().beginUndo({ ...KILLED, kind: 'retract' }, undefined);
    expect(await restore('--yes')).toMatchObject({
      ...{ code: 3, err: expect.stringContaining('A retract from') },
    });
    expect(await rowsOf(database())).toHaveLength(1);
  });

  it('of a counter that does not exist', async () => {
    expect(await restore('--counter', 'blog/none')).toMatchObject({
      ...{ code: 3, err: expect.stringContaining('There is no counter blog/none') },
    });
  });
});

it('a restore does not begin if another one ended after the counter was checked', async () => {
  const context = {
    ...{ env: process.env, signal: new AbortController().signal, clock: createFastClock() },
    console: createConsole({ out: new PassThrough(), err: new PassThrough() }, true),
  };
  const request = parseRestore(['--from-file', file, '--yes', ...tableOptions(database())]);
  const source = { paths: [file] };
  const work = await openRestoreWork({ ...request, source }, context);
  let reads = 0;
  const readCounter = async () => {
    reads += 1;
    if (reads === 2) {
      await store().beginUndo(KILLED, undefined);
      await store().endUndo(KILLED.at);
    }
    return work.readCounter();
  };
  await expect(runRestore({ ...work, readCounter })).rejects.toMatchObject({
    ...{ name: 'CommandError', message: expect.stringContaining('ran while the source was read') },
  });
  expect(await rowsOf(database())).toHaveLength(1);
  expect(await readCounter()).toMatchObject({ undo: undefined, total: 3, removed: 3 });
});
