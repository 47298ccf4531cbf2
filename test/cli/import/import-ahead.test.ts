import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { CHUNK_ROWS } from '../../../src/cli/import/row-source.ts';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A time without a zone, `ms` milliseconds from now. */
const timeIn = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(0, -1);
const oldRow = (name: string, last: string, first = '2024-05-01T12:00:00.000') => ({
  ...{ session_hash: name, first_accessed: first, last_accessed: last },
});
const marshalled = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([name, S]) => [name, { S }]));

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
const importFrom = async (...from: string[]) => {
  const files = ['--rejects', join(folder, 'rejects'), '--state', join(folder, 'state')];
  const options = ['--json', '--count-visitors-again', '--max-write-units', '100000'];
  const { code, out, err } = await run('import', ...from, ...files, ...options);
  return { code, err, ...(out === '' ? {} : JSON.parse(out)) };
};
const importText = (text: string, ...args: string[]) => {
  const file = join(folder, 'rows.json');
  writeFileSync(file, text);
  return importFrom('--from-file', file, ...args);
};
const importGzip = (rows: readonly unknown[]) => {
  const file = join(folder, 'rows.json.gz');
  writeFileSync(file, gzipSync(rows.map((row) => JSON.stringify(row)).join('\n')));
  return importFrom('--from-file', file);
};
const importLines = (rows: readonly unknown[], ...args: string[]) =>
  importText(rows.map((row) => JSON.stringify(row)).join('\n'), ...args);
const importTable = async (rows: readonly Record<string, unknown>[]) => {
  const older = `older-${database().tables.SESSIONS_TABLE}`;
  await ensureTable(database().client, older, { partitionKey: 'session_hash' });
  for (const Item of rows) {
    await database().client.send(new PutCommand({ TableName: older, Item }));
  }
  return importFrom('--from-table', older);
};
const storedHashes = async (): Promise<string[]> => {
  const scan = new ScanCommand({ TableName: database().tables.SESSIONS_TABLE });
  const { Items = [] } = await database().client.send(scan);
  return Items.map(({ session_hash }) => session_hash).sort();
};

it.each([
  ['lines of JSON', importLines],
  ['lines of DynamoDB JSON', (rows: object[]) => importLines(rows.map(marshalled))],
  ['an export', (rows: object[]) => importLines(rows.map((row) => ({ Item: marshalled(row) })))],
  ['a scan', (rows: object[]) => importText(JSON.stringify({ Items: rows.map(marshalled) }))],
  ['gzip', importGzip],
  ['a table', importTable],
])('a row of %s in the future stops the import before the first write', async (_, importRows) => {
  const latest = timeIn(2 * HOUR_MS);
  const rows = [oldRow('a', '2024-05-01T13:00:00'), oldRow('b', latest)];
  const { code, err } = await importRows([...rows, oldRow('c', timeIn(HOUR_MS))]);
  expect({ code, stored: await storedHashes() }).toEqual({ code: 3, stored: [] });
  expect(err).toContain('2 of 3 rows are in the future');
  expect(err).toContain(`the latest time, ${latest}Z, is`);
  expect(err).toMatch(/is (2 h 0|1 h 59) min ahead of DynamoDB's clock/);
  expect(err).toContain('--time-zone');
  expect(err).toContain('Nothing was written');
});

it('rows in the future are counted, however many rows follow', async () => {
  const rows = Array.from({ length: 2 * CHUNK_ROWS }, (_, n) =>
    oldRow(`${n}`, '2024-05-01T13:00:00'),
  );
  const { code, err } = await importLines([oldRow('a', timeIn(HOUR_MS)), ...rows]);
  expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('1 of 1001 rows') });
});

it('a first visit in the future also stops it, even if its row would be rejected', async () => {
  const row = oldRow('', '2024-05-01T13:00:00', timeIn(HOUR_MS));
  const { code, err } = await importLines([oldRow('a', '2024-05-01T13:00:00'), row]);
  expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('1 of 2 rows') });
  expect(await storedHashes()).toEqual([]);
});

it('the right time zone makes the import possible', async () => {
  const berlin = new Date().toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' });
  const rows = [oldRow('a', berlin)];
  expect((await importLines(rows)).code).toBe(3);
  expect(await importLines(rows, '--time-zone', 'Europe/Berlin')).toMatchObject({ inserted: 1 });
});

it('a minute ahead is accepted as clock skew', async () => {
  expect(await importLines([oldRow('a', timeIn(MINUTE_MS))])).toMatchObject({ inserted: 1 });
});

it('rows without a time are rejected individually', async () => {
  const rows = [oldRow('a', '2024-05-01T13:00:00'), { session_hash: 'b' }, oldRow('c', 'soon')];
  expect(await importLines(rows)).toMatchObject({ code: 1, inserted: 1, rejected: 2 });
});

it.each([-365, 365])("an operator's clock that is %i days off has no effect", async (days) => {
  const [hourAgo, hourAhead] = [timeIn(-HOUR_MS), timeIn(HOUR_MS)];
  const retentionEnds = Date.now() / 1_000 + 395 * 86_400;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 24 * HOUR_MS });
  onTestFinished(() => void vi.useRealTimers());
  expect((await importLines([oldRow('a', hourAhead)])).code).toBe(3);
  expect(await importLines([oldRow('a', hourAgo)])).toMatchObject({ inserted: 1 });
  const scan = new ScanCommand({ TableName: database().tables.SESSIONS_TABLE });
  const [row] = (await database().client.send(scan)).Items ?? [];
  expect(Math.abs(row?.expires_at - retentionEnds)).toBeLessThan(60);
});

it('a dry run reports it', async () => {
  const rows = [oldRow('a', '2024-05-01T13:00:00'), oldRow('b', timeIn(HOUR_MS))];
  const result = await importLines(rows, '--dry-run');
  expect(result).toMatchObject({ code: 1, read: 2, ahead: { rows: 1 } });
  expect(Math.abs(result.ahead.seconds - 3_600)).toBeLessThan(30);
  const { out } = await run('import', '--from-file', join(folder, 'rows.json'), '--dry-run');
  expect(out).toContain('1 of 2 rows are in the future');
});
