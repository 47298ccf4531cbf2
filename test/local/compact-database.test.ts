import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Counter } from '../../src/domain/counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import { compactDatabase } from '../../src/local/compact-database.ts';
import { openDatabase } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { startProjection } from '../../src/local/projection.ts';
import { deleteSession } from '../../src/tables/delete-session.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import type { TestDatabase } from '../support/embedded-database.ts';
import {
  ageStream,
  changeEmulatorFile,
  filesWith,
  readStoredRecords,
} from '../support/emulator-file.ts';
import { project, untilCounted, visitAt } from '../support/projected-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TABLES = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };
const SHARD = 'shardId-00000001-sessions';
const DAY_HOURS = 24;
const NOW = '2026-11-23T18:00:00.000Z';

let folder: string;
let file: string;
let database: TestDatabase;
let stop: () => Promise<void>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'session-counter-'));
  file = join(folder, 'dynamodb.sqlite');
  const emulator = await startEmbeddedDynamoDB(file);
  const { endpoint } = emulator;
  database = { ...(await openDatabase(endpoint, TABLES)), endpoint, tables: TABLES };
  stop = emulator.stop;
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const visitNow = (...hashes: string[]) => visitAt(database, NOW, hashes);
const deleteNow = (hash: string) => deleteSession(database.client, 'sessions', hash);
const sequences = () => readStoredRecords(file).map(({ sequence }) => sequence);

const compact = (checkpoints: Counter['checkpoints'], maxBytes = 1e9): void =>
  compactDatabase(file, {
    ...{ tableName: 'sessions', nowMs: Date.now(), maxBytes },
    counters: new Map([[SITE, { checkpoints }]]),
  });

const compactUpToCounter = async (): Promise<void> =>
  compact((await readCounter(database.client, 'counts', 'strong')).checkpoints);

/** Compacts as if the stream were counted up to this sequence number. */
const compactUntil = (sequence: number): void => {
  const parsed = parseSequenceNumber(`${sequence}`) as SequenceNumber;
  compact(new Map([[SHARD, { sequence: parsed, at: 1 }]]));
};

describe('the stream', () => {
  it('loses only records that are older than a day and counted', async () => {
    await visitNow('a', 'b', 'c', 'd');
    ageStream(file, DAY_HOURS + 0.01);
    await visitNow('e', 'f');
    compactUntil(3);
    // The record at the checkpoint stays, without its content.
    expect(readStoredRecords(file)).toEqual([
      { sequence: 3, kind: 'MODIFY', isEmpty: true },
      ...[4, 5, 6].map((sequence) => ({ sequence, kind: 'INSERT', isEmpty: false })),
    ]);
  });

  it('keeps records of the last day, even if they are counted', async () => {
    await visitNow('a', 'b', 'c');
    ageStream(file, DAY_HOURS - 0.01);
    compactUntil(3);
    expect(readStoredRecords(file).filter(({ isEmpty }) => isEmpty)).toEqual([]);
    expect(sequences()).toEqual([1, 2, 3]);
  });

  it('keeps old inserts and deletions that are not counted', async () => {
    await visitNow('a', 'b');
    await deleteNow('a');
    ageStream(file, DAY_HOURS * 30);
    compact(new Map());
    expect(sequences()).toEqual([1, 2, 3]);
    expect(readStoredRecords(file).filter(({ isEmpty }) => isEmpty)).toEqual([]);
  });

  it('loses old MODIFY records, which are never counted, even after the checkpoint', async () => {
    await visitNow('a');
    for (let load = 0; load < 5; load += 1) await visitNow('a');
    await visitNow('b');
    ageStream(file, DAY_HOURS * 2);
    compactUntil(1);
    expect(sequences()).toEqual([1, 7]);
  });

  it('of another table stays as it is', async () => {
    await openDatabase(database.endpoint, { SESSIONS_TABLE: 'others', COUNTS_TABLE: 'counts' });
    await visitNow('a', 'b', 'c');
    await visitAt({ ...database, tables: { ...TABLES, SESSIONS_TABLE: 'others' } }, NOW, [
      'x',
      'y',
    ]);
    ageStream(file, DAY_HOURS * 2);
    compactUntil(3);
    expect(sequences()).toEqual([1, 2, 3]);
  });

  it('never reuses a sequence number after everything was trimmed, and counting continues', async () => {
    project(database);
    await visitNow('a', 'b', 'c');
    await untilCounted(database, { total: 3, removed: 0 });
    ageStream(file, DAY_HOURS * 2);
    await compactUpToCounter();
    await compactUpToCounter();
    expect(readStoredRecords(file)).toEqual([{ sequence: 3, kind: 'MODIFY', isEmpty: true }]);
    await visitNow('d', 'e');
    await untilCounted(database, { total: 5, removed: 0 });
    expect(sequences()).toEqual([3, 4, 5]);
  });

  it('continues after a restart, and is read from its start for a new counter', async () => {
    await visitNow('a', 'b', 'c');
    const first = startProjection(TABLES, database);
    await untilCounted(database, { total: 3, removed: 0 });
    await first.stop();
    ageStream(file, DAY_HOURS * 2);
    await compactUpToCounter();
    project(database);
    await visitNow('d');
    await untilCounted(database, { total: 4, removed: 0 });
    const tables = { ...TABLES, COUNTS_TABLE: 'new-counts' };
    const renewed = { ...database, ...(await openDatabase(database.endpoint, tables)), tables };
    project(renewed);
    await untilCounted(renewed, { total: 1, removed: 0 });
  });
});

describe('the file', () => {
  it('has no byte of a deleted session once the stream is a day older', async () => {
    const hash = 'hash-of-a-deleted-session';
    project(database);
    await visitNow('a', hash, 'b');
    await visitNow(hash);
    await deleteNow(hash);
    await untilCounted(database, { total: 3, removed: 1 });
    expect(filesWith(folder, hash)).not.toEqual([]);
    ageStream(file, DAY_HOURS * 2);
    await compactUpToCounter();
    expect(filesWith(folder, hash)).toEqual([]);
    expect(filesWith(folder, 'hash-of')).toEqual([]);
  });

  it('stays small over a year of 50 page loads a day by 20 visitors', async () => {
    const visitors = Array.from({ length: 20 }, (_, number) => `visitor-${number}`.padEnd(43, '-'));
    project(database);
    await visitNow(...visitors);
    await untilCounted(database, { total: 20, removed: 0 });
    addPageLoads(365 * 50);
    const before = totalSize();
    await compactUpToCounter();
    const after = totalSize();
    expect(before).toBeGreaterThan(10_000_000);
    expect(after).toBeLessThan(300_000);
  });

  it('is rewritten only if it does not exceed the limit', async () => {
    await visitNow('a', 'b', 'c');
    addPageLoads(1_000);
    const { size } = statSync(file);
    compact(new Map(), size - 1);
    expect(sequences()).toHaveLength(4);
    expect(statSync(file).size).toBe(size);
    compact(new Map(), size);
    expect(statSync(file).size).toBeLessThan(size / 2);
  });

  it('stays as it is if its stream has another schema', async () => {
    const other = join(temporaryFolder(), 'database');
    const sqlite = new DatabaseSync(other);
    sqlite.exec(
      'CREATE TABLE _stream_records (id INTEGER); INSERT INTO _stream_records VALUES (1)',
    );
    sqlite.close();
    const content = readFileSync(other);
    compactDatabase(other, {
      ...{ tableName: 'sessions', counters: new Map(), nowMs: Date.now() },
      maxBytes: Number.POSITIVE_INFINITY,
    });
    expect(readFileSync(other)).toEqual(content);
  });
});

const totalSize = (): number =>
  ['', '-wal'].reduce(
    (sum, end) => sum + (statSync(file + end, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

/** Adds past page loads of the current visitors, as the emulator stores them. */
const addPageLoads = (loads: number): void =>
  changeEmulatorFile(
    file,
    `WITH RECURSIVE load(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM load WHERE n < ${loads})
     INSERT INTO _stream_records (table_name, event_name, keys_json, new_image, old_image,
         sequence_number, shard_id, created_at)
       SELECT table_name, 'MODIFY', keys_json, new_image, new_image,
           CAST((SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records) + n AS TEXT),
           shard_id, unixepoch() - 86400 * 366 + n * 1728
         FROM load JOIN _stream_records ON CAST(sequence_number AS INTEGER) = 1 + n % 20`,
  );
