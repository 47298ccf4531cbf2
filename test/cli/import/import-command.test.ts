import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/cli/clock.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { upsertSession } from '../../../src/tables/upsert-session.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { createFastClock } from '../../support/fast-clock.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const oldRow = (name: string, first = '2024-05-01T12:00:00.123456', last = first) => ({
  ...{ session_hash: name, first_accessed: first, last_accessed: last, ip: '203.0.113.7' },
});

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'rows.jsonl');
});
const write = (rows: unknown[]): void =>
  writeFileSync(
    file,
    rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'),
  );
const options = (units = 100_000) => [
  ...['--rejects', join(folder, 'rejects'), '--state', join(folder, 'state')],
  ...['--max-write-units', String(units), '--json', '--count-visitors-again'],
];
const importFrom = async (...from: string[]) => {
  const { code, out, err } = await run('import', ...from, ...options());
  return { code, err, ...(out === '' ? {} : JSON.parse(out)) };
};
const storedRow = async (session_hash: string) => {
  const key = { TableName: database().tables.SESSIONS_TABLE, Key: { session_hash } };
  return (await database().client.send(new GetCommand(key))).Item;
};

describe('an import', () => {
  it('writes rows that the projector counts once, however often it is run', async () => {
    project(database());
    write(['a', 'b', 'c', 'a'].map((name) => oldRow(name)));
    const first = await importFrom('--from-file', file);
    expect(first).toMatchObject({ code: 0, read: 4, inserted: 3, unchanged: 1, rejected: 0 });
    expect(await importFrom('--from-file', file)).toMatchObject({ inserted: 0, unchanged: 4 });
    await visitAt(database(), new Date().toISOString(), ['d']);
    await untilCounted(database(), { total: 4, removed: 0 });
    expect(existsSync(join(folder, 'state'))).toBe(false);
  });

  it('starts the retention of a row at the import, and keeps only three attributes', async () => {
    write([oldRow('a')]);
    const before = Math.floor(Date.now() / 1_000);
    await importFrom('--from-file', file);
    const { expires_at, active_shard, ...row } = (await storedRow('a')) ?? {};
    expect(row).toEqual({
      session_hash: 'a',
      first_accessed: '2024-05-01T12:00:00.123Z',
      last_accessed: '2024-05-01T12:00:00.123Z',
    });
    expect(expires_at).toBeGreaterThanOrEqual(before + 395 * 86_400);
    expect(active_shard).toBeTypeOf('number');
  });

  it('never overwrites a newer row, and updates an older one', async () => {
    await visitAt(database(), '2026-01-01T00:00:00.000Z', ['newer', 'older']);
    const newer = await storedRow('newer');
    write([oldRow('newer'), oldRow('older', '2024-05-01T12:00:00', '2026-02-01T00:00:00')]);
    expect(await importFrom('--from-file', file)).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await storedRow('newer')).toEqual(newer);
    expect(await storedRow('older')).toMatchObject({
      ...{ first_accessed: '2026-01-01T00:00:00.000Z', last_accessed: '2026-02-01T00:00:00.000Z' },
    });
  });

  it('reports rejected rows with place and reason, and nothing else of them', async () => {
    write([oldRow('a'), oldRow('b', 'soon'), '{"session_hash": "c', { first_accessed: 'x' }]);
    const result = await importFrom('--from-file', file);
    expect(result).toMatchObject({ code: 1, read: 4, inserted: 1, rejected: 3 });
    const text = readFileSync(join(folder, 'rejects'), 'utf8');
    expect(
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      {
        source: file,
        line: 2,
        reason: 'no readable first_accessed',
        row: { session_hash: 'b' },
      },
      { line: 3, reason: 'not a row: not valid JSON' },
      { line: 4, reason: 'no session_hash' },
    ]);
    expect(text).not.toContain('203.0.113.7');
  });

  it('accepts gzip and folders, and uses the given time zone', async () => {
    writeFileSync(
      join(folder, '1.json.gz'),
      gzipSync(
        JSON.stringify({
          Item: {
            session_hash: { S: 'a' },
            first_accessed: { S: '2024-05-01T12:00:00' },
            last_accessed: { S: '2024-05-01T12:00:00' },
          },
        }),
      ),
    );
    writeFileSync(join(folder, '2.jsonl'), JSON.stringify(oldRow('b')));
    const result = await importFrom('--from-file', folder, '--time-zone', 'Europe/Berlin');
    expect(result).toMatchObject({ code: 0, inserted: 2 });
    expect(await storedRow('a')).toMatchObject({ first_accessed: '2024-05-01T10:00:00.000Z' });
  });

  it('imports the rows of a table', async () => {
    const older = `older-${database().tables.SESSIONS_TABLE}`;
    await ensureTable(database().client, older, { partitionKey: 'session_hash' });
    const touch = {
      seenAt: '2024-05-01T12:00:00.123456',
      activeShard: 0,
      expiresAt: undefined,
      skipIfSeenAfter: undefined,
      counter: SITE,
    };
    for (const sessionHash of ['a', 'b']) {
      await upsertSession(database().client, older, { ...touch, sessionHash });
    }
    expect(await importFrom('--from-table', older)).toMatchObject({ code: 0, inserted: 2 });
    expect(await storedRow('b')).toMatchObject({ last_accessed: '2024-05-01T12:00:00.123Z' });
  });

  it('reads and validates without writing in a dry run', async () => {
    write([oldRow('a'), oldRow('b', 'soon')]);
    const result = await importFrom('--from-file', file, '--dry-run');
    expect(result).toMatchObject({
      ...{ code: 1, isDryRun: true, read: 2, importable: 1 },
      rejected: { 'no readable first_accessed': 1 },
    });
    expect(await storedRow('a')).toBeUndefined();
  });

  it('finishes an import that began with half a file', async () => {
    const rows = Array.from({ length: 1_100 }, (_, number) => JSON.stringify(oldRow(`r${number}`)));
    const whole = gzipSync(rows.join('\n'));
    const half = join(folder, 'rows.jsonl.gz');
    writeFileSync(half, whole.subarray(0, whole.length / 2));
    const broken = await importFrom('--from-file', half);
    expect(broken).toMatchObject({
      code: 3,
      err: expect.stringContaining('cannot be read after line'),
    });
    writeFileSync(half, whole);
    expect((await importFrom('--from-file', half)).code).toBe(0);
    project(database());
    await untilCounted(database(), { total: 1_100, removed: 0 });
  });

  it('stops when it is interrupted, and continues when it is run again', async () => {
    write(Array.from({ length: 600 }, (_, number) => oldRow(`r${number}`)));
    const abort = new AbortController();
    const clock = createFastClock();
    let writes = 0;
    const sleep: Clock['sleep'] = (_, signal) => {
      writes += 1;
      if (writes === 550) abort.abort(new Error('SIGINT'));
      return clock.sleep(0, signal);
    };
    const slow = ['import', '--from-file', file, ...tableOptions(database()), ...options(50)];
    const { code } = await runCommandHere(slow, {
      signal: abort.signal,
      clock: { ...clock, sleep },
    });
    expect({ code, isHalfDone: writes < 600 }).toEqual({ code: 130, isHalfDone: true });
    expect((await importFrom('--from-file', file)).code).toBe(0);
    project(database());
    await untilCounted(database(), { total: 600, removed: 0 });
  });
});

it.each([
  { from: [], code: 2, says: 'Either --from-table' },
  { from: ['--from-table', 'x', '--from-file', 'y'], code: 2, says: 'Either --from-table' },
  { from: ['--from-file', '/nowhere'], code: 3, says: '/nowhere does not exist' },
  { from: ['--from-file', 'x', '--time-zone', 'Mars'], code: 2, says: '--time-zone must be' },
])('says what is wrong with $from', async ({ from, code, says }) => {
  expect(await importFrom(...from)).toMatchObject({ code, err: expect.stringContaining(says) });
});

it('refuses the target itself, and a table with another key', async () => {
  const { SESSIONS_TABLE, COUNTS_TABLE } = database().tables;
  const own = await importFrom('--from-table', SESSIONS_TABLE);
  expect(own).toMatchObject({ code: 2, err: expect.stringContaining('a different table') });
  const wrong = await importFrom('--from-table', COUNTS_TABLE);
  expect(wrong).toMatchObject({ code: 3, err: expect.stringContaining('must be session_hash') });
});
